package io.anju.sandbox;

import io.anju.application.Household;
import io.anju.application.Household.Address;
import io.anju.application.Household.Asset;
import io.anju.application.Household.Home;
import io.anju.application.Household.Hukou;
import io.anju.application.Household.Income;
import io.anju.application.Household.MaritalStatus;
import io.anju.application.Household.Member;
import io.anju.application.Household.Tenure;
import io.anju.identity.Sex;
import io.anju.policy.City;
import io.anju.policy.Relation;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes households that contradict nothing: who lives together, from what, and in what. */
final class CityHouseholds {
    /** 1 400 yuan: below every sample city's line. */
    private static final int ELIGIBLE_INCOME_MOST_FEN = 140_000;
    /** 4 500 to 7 500 yuan: above every sample city's line. */
    private static final int TOO_HIGH_INCOME_LEAST_FEN = 450_000;

    private static final int TOO_HIGH_INCOME_SPREAD_FEN = 300_000;
    /** Hundredths of a square metre for each person, below every sample city's line. */
    private static final int ELIGIBLE_AREA_MOST = 1_250;

    private static final List<String> EMPLOYERS =
            List.of("示例物业有限公司", "示例环卫服务中心", "示例公交集团", "示例超市", "示例餐饮管理有限公司", "示例机械厂");

    private final CityPeople people;

    CityHouseholds(CityPeople people) {
        this.people = people;
    }

    /** What the household is to be: where, when, and whether its income is above every line. */
    record Wish(City city, String communityCode, LocalDate on, boolean incomeTooHigh) {
        String districtCode() {
            return communityCode.substring(0, 6);
        }
    }

    /** A household that can be handed in on the wished day. */
    Household make(RandomGenerator random, Wish wish) {
        var members = members(random, wish);
        var category = random.nextInt(10) < 3
                ? "minimum-living-allowance"
                : random.nextBoolean() ? "low-income" : "lower-middle-income";
        return new Household(
                wish.incomeTooHigh() ? "lower-middle-income" : category,
                phone(random),
                new Address(wish.communityCode(), line(random, wish)),
                withIncomes(random, members, wish),
                homes(random, members.size(), wish),
                assets(random));
    }

    private static String phone(RandomGenerator random) {
        return "139%08d".formatted(random.nextInt(100_000_000));
    }

    private static String line(RandomGenerator random, Wish wish) {
        var community = wish.city().areaName(wish.communityCode()).orElseThrow().zh();
        return community + (1 + random.nextInt(30)) + "号楼" + (1 + random.nextInt(4)) + "单元"
                + (101 + random.nextInt(500));
    }

    private List<Member> members(RandomGenerator random, Wish wish) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> single(random, wish);
            case 2, 3 -> couple(random, wish, 0);
            case 4, 5, 6 -> couple(random, wish, 1);
            case 7 -> couple(random, wish, 2);
            case 8 -> parentWithChild(random, wish);
            default -> threeGenerations(random, wish);
        };
    }

    private List<Member> single(RandomGenerator random, Wish wish) {
        var sex = random.nextBoolean() ? Sex.MALE : Sex.FEMALE;
        var status = random.nextInt(3) == 0 ? MaritalStatus.WIDOWED : MaritalStatus.DIVORCED;
        return new ArrayList<>(List.of(member(
                random,
                wish,
                CityPeople.surname(random),
                Relation.APPLICANT,
                sex,
                born(random, wish, 36, 78),
                status)));
    }

    private List<Member> couple(RandomGenerator random, Wish wish, int children) {
        var surname = CityPeople.surname(random);
        var birthDate = born(random, wish, 27, 58);
        var members = new ArrayList<Member>();
        members.add(member(random, wish, surname, Relation.APPLICANT, Sex.MALE, birthDate, MaritalStatus.MARRIED));
        members.add(member(
                random,
                wish,
                CityPeople.surname(random),
                Relation.SPOUSE,
                Sex.FEMALE,
                birthDate.plusDays(random.nextInt(1_000) - 300L),
                MaritalStatus.MARRIED));
        for (int i = 0; i < children; i++) {
            members.add(child(random, wish, surname, birthDate));
        }
        return members;
    }

    private List<Member> parentWithChild(RandomGenerator random, Wish wish) {
        var surname = CityPeople.surname(random);
        var birthDate = born(random, wish, 28, 50);
        var sex = random.nextBoolean() ? Sex.MALE : Sex.FEMALE;
        var members = new ArrayList<Member>();
        members.add(member(random, wish, surname, Relation.APPLICANT, sex, birthDate, MaritalStatus.DIVORCED));
        members.add(child(random, wish, surname, birthDate));
        return members;
    }

    private List<Member> threeGenerations(RandomGenerator random, Wish wish) {
        var members = couple(random, wish, 1);
        var applicant = members.get(0);
        members.add(member(
                random,
                wish,
                applicant.fullName().substring(0, 1),
                Relation.PARENT,
                Sex.FEMALE,
                applicant.birthDate().minusDays(365 * 23L + random.nextInt(3_000)),
                MaritalStatus.WIDOWED));
        return members;
    }

    /** Born when the applicant was 22 to 27, but never after the day before the application. */
    private Member child(RandomGenerator random, Wish wish, String surname, LocalDate parentBirthDate) {
        var birthDate = parentBirthDate.plusDays(365 * 22L + random.nextInt(1_800));
        var latest = wish.on().minusDays(1 + random.nextInt(300));
        return member(
                random,
                wish,
                surname,
                Relation.CHILD,
                random.nextBoolean() ? Sex.MALE : Sex.FEMALE,
                birthDate.isAfter(latest) ? latest : birthDate,
                MaritalStatus.NEVER_MARRIED);
    }

    private static LocalDate born(RandomGenerator random, Wish wish, int fromAge, int toAge) {
        return wish.on().minusYears(fromAge).minusDays(random.nextInt(365 * (toAge - fromAge)));
    }

    private Member member(
            RandomGenerator random,
            Wish wish,
            String surname,
            Relation relation,
            Sex sex,
            LocalDate birthDate,
            MaritalStatus status) {
        var person = people.person(random, surname, sex, birthDate, wish.districtCode());
        return new Member(
                person.name(),
                person.nationalId(),
                relation,
                sex,
                birthDate,
                status,
                new Hukou(wish.city().code(), birthDate),
                null,
                List.of(),
                List.of());
    }

    /** The grown-ups earn; what they earn together is below the line for each head, or far above it. */
    private static List<Member> withIncomes(RandomGenerator random, List<Member> members, Wish wish) {
        int perHead = wish.incomeTooHigh()
                ? TOO_HIGH_INCOME_LEAST_FEN + random.nextInt(TOO_HIGH_INCOME_SPREAD_FEN)
                : 40_000 + random.nextInt(ELIGIBLE_INCOME_MOST_FEN - 40_000);
        long monthlyFen = (long) perHead * members.size() / 1_000 * 1_000;
        var earning = new ArrayList<>(members);
        var applicant = earning.get(0);
        boolean isRetired = applicant.birthDate().isBefore(wish.on().minusYears(60));
        earning.set(
                0,
                new Member(
                        applicant.fullName(),
                        applicant.nationalId(),
                        applicant.relation(),
                        applicant.sex(),
                        applicant.birthDate(),
                        applicant.maritalStatus(),
                        applicant.hukou(),
                        isRetired ? null : EMPLOYERS.get(random.nextInt(EMPLOYERS.size())),
                        applicant.specialGroups(),
                        List.of(new Income(isRetired ? "pension" : "wage", monthlyFen))));
        return earning;
    }

    private static List<Home> homes(RandomGenerator random, int persons, Wish wish) {
        if (random.nextInt(3) == 0) {
            return List.of();
        }
        var areaSqm = BigDecimal.valueOf((300L + random.nextInt(ELIGIBLE_AREA_MOST - 300)) * persons, 2);
        var address = wish.city().name().zh() + "示例路" + (1 + random.nextInt(200)) + "号";
        return List.of(new Home(Tenure.OWNED, "apartment", areaSqm, address, null));
    }

    private static List<Asset> assets(RandomGenerator random) {
        return random.nextInt(3) == 0 ? List.of() : List.of(new Asset("deposit", 100_000L * (1 + random.nextInt(40))));
    }
}
