package io.anju.testing;

import io.anju.api.model.Asset;
import io.anju.api.model.AssetKind;
import io.anju.api.model.Home;
import io.anju.api.model.HomeKind;
import io.anju.api.model.HomeTenure;
import io.anju.api.model.Household;
import io.anju.api.model.HouseholdAddress;
import io.anju.api.model.HouseholdCategory;
import io.anju.api.model.HouseholdRelation;
import io.anju.api.model.Hukou;
import io.anju.api.model.Income;
import io.anju.api.model.IncomeKind;
import io.anju.api.model.MaritalStatus;
import io.anju.api.model.Member;
import io.anju.api.model.MemberSex;
import io.anju.identity.Sex;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Households that contradict nothing, made of people who do not exist: IDs with a right check character, no two alike in
 * one run. Every member is registered in the city since birth; the applicant is the first member and has the whole
 * income.
 */
public final class Households {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Households() {}

    /**
     * What a household is to look like.
     *
     * @param areaCode the community it lives in, 12 digits; the city follows from its first four
     * @param spouse birth date of the spouse; null where there is none
     * @param monthlyIncomeFen of all members together, fen
     * @param ownedAreaSqm of all members together, ㎡; {@code "0"} where they own nothing
     */
    public record Wish(
            String areaCode,
            LocalDate applicant,
            @Nullable LocalDate spouse,
            List<LocalDate> children,
            long monthlyIncomeFen,
            String ownedAreaSqm) {
        public Wish {
            children = List.copyOf(children);
        }

        public Wish withSpouse(LocalDate birthDate) {
            return new Wish(areaCode, applicant, birthDate, children, monthlyIncomeFen, ownedAreaSqm);
        }

        public Wish withChild(LocalDate birthDate) {
            var more = new ArrayList<>(children);
            more.add(birthDate);
            return new Wish(areaCode, applicant, spouse, more, monthlyIncomeFen, ownedAreaSqm);
        }

        public Wish owning(String areaSqm) {
            return new Wish(areaCode, applicant, spouse, children, monthlyIncomeFen, areaSqm);
        }
    }

    /** A single man who owns nothing; a start for other wishes. */
    public static Wish single(String areaCode, LocalDate applicant, long monthlyIncomeFen) {
        return new Wish(areaCode, applicant, null, List.of(), monthlyIncomeFen, "0");
    }

    /** A couple with a child in Qingdao that every sample rule lets pass. */
    public static Household qingdao() {
        return make(single("370202001002", LocalDate.of(1986, 4, 12), 270_000)
                .withSpouse(LocalDate.of(1988, 9, 23))
                .withChild(LocalDate.of(2015, 6, 1))
                .owning("19.50"));
    }

    public static Household make(Wish wish) {
        var members = new ArrayList<Member>();
        var alone = wish.children().isEmpty() ? MaritalStatus.NEVER_MARRIED : MaritalStatus.DIVORCED;
        var status = wish.spouse() == null ? alone : MaritalStatus.MARRIED;
        var incomes = wish.monthlyIncomeFen() == 0
                ? List.<Income>of()
                : List.of(new Income(IncomeKind.WAGE, wish.monthlyIncomeFen()));
        members.add(member(wish, HouseholdRelation.APPLICANT, wish.applicant(), Sex.MALE, status, incomes));
        if (wish.spouse() != null) {
            members.add(member(
                    wish, HouseholdRelation.SPOUSE, wish.spouse(), Sex.FEMALE, MaritalStatus.MARRIED, List.of()));
        }
        for (var birthDate : wish.children()) {
            members.add(member(
                    wish, HouseholdRelation.CHILD, birthDate, Sex.FEMALE, MaritalStatus.NEVER_MARRIED, List.of()));
        }
        return new Household(
                HouseholdCategory.LOW_INCOME,
                "139%08d".formatted(COUNT.incrementAndGet()),
                new HouseholdAddress(wish.areaCode(), "示例路 1 号"),
                members,
                homes(wish),
                List.of(new Asset(AssetKind.DEPOSIT, 1_000_000)));
    }

    /** Nobody's ID, for a member who is added by hand. */
    public static String nationalId(LocalDate birthDate, Sex sex) {
        var sequence = COUNT.incrementAndGet() % 500 * 2 + (sex == Sex.MALE ? 1 : 0);
        return People.nationalId(birthDate, sequence);
    }

    /** The same household with other members. */
    public static Household withMembers(Household household, List<Member> members) {
        return new Household(
                household.category(),
                household.contactPhone(),
                household.currentAddress(),
                members,
                household.homes(),
                household.assets());
    }

    private static Member member(
            Wish wish,
            HouseholdRelation relation,
            LocalDate birthDate,
            Sex sex,
            MaritalStatus status,
            List<Income> incomes) {
        return new Member(
                relation == HouseholdRelation.SPOUSE ? "李小兰" : "王" + given(),
                nationalId(birthDate, sex),
                relation,
                MemberSex.valueOf(sex.name()),
                birthDate,
                status,
                new Hukou(wish.areaCode().substring(0, 4) + "00", birthDate),
                null,
                List.of(),
                incomes);
    }

    private static String given() {
        var characters = "安宁晓明思远文静海波";
        var number = COUNT.incrementAndGet();
        return "" + characters.charAt(number % 10) + characters.charAt(number / 10 % 10);
    }

    private static List<Home> homes(Wish wish) {
        var areaSqm = new BigDecimal(wish.ownedAreaSqm()).setScale(2);
        return areaSqm.signum() == 0
                ? List.of()
                : List.of(new Home(HomeTenure.OWNED, HomeKind.APARTMENT, areaSqm.toPlainString(), "示例路 8 号", null));
    }
}
