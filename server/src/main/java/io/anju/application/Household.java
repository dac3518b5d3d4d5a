package io.anju.application;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anju.identity.Sex;
import io.anju.policy.CaseFacts;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.Person;
import io.anju.policy.Relation;
import io.anju.policy.SpecialGroup;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a household declares. Kept sealed; whoever opens it leaves an audit row.
 *
 * <p>The names and the nesting are those of the contract, so that a JSON Pointer into the request is a pointer into
 * this record.
 *
 * @param category the category the household applies in, such as {@code low-income} (低收入家庭)
 * @param contactPhone a mainland mobile number, 11 digits
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Household(
        String category,
        String contactPhone,
        Address currentAddress,
        List<Member> members,
        List<Home> homes,
        List<Asset> assets) {

    public Household {
        members = List.copyOf(members);
        homes = List.copyOf(homes);
        assets = List.copyOf(assets);
    }

    /** Where the household lives now; {@code areaCode} is the community's 12 digits. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Address(String areaCode, String line) {}

    /** A person of the household; exactly one is the applicant. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Member(
            String fullName,
            String nationalId,
            Relation relation,
            Sex sex,
            LocalDate birthDate,
            MaritalStatus maritalStatus,
            @Nullable Hukou hukou,
            @Nullable String employer,
            List<String> specialGroups,
            List<Income> incomes) {
        public Member {
            specialGroups = List.copyOf(specialGroups);
            incomes = List.copyOf(incomes);
        }

        private Person person() {
            return new Person(
                    relation,
                    birthDate,
                    hukou == null ? null : hukou.cityCode(),
                    hukou == null ? null : hukou.since(),
                    io.anju.policy.Sex.valueOf(sex.name()));
        }
    }

    /** The household registration (户籍): the city's six digits, and since when. */
    public record Hukou(String cityCode, LocalDate since) {}

    /** A person's income of one kind, in fen per month. */
    public record Income(String kind, long monthlyFen) {}

    /** A home that the household owns or rents, anywhere. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Home(
            Tenure tenure,
            String kind,
            BigDecimal areaSqm,
            String address,
            @Nullable Long monthlyRentFen) {
        private static final String PUBLIC_HOUSING = "public-housing";

        /** Rules count what the household owns or rents from the public; what it rents on the market shows its need. */
        private boolean counts() {
            return tenure == Tenure.OWNED || (tenure == Tenure.RENTED && kind.equals(PUBLIC_HOUSING));
        }
    }

    /** Something of value other than homes, in fen. */
    public record Asset(String kind, long valueFen) {}

    public enum MaritalStatus {
        NEVER_MARRIED,
        MARRIED,
        DIVORCED,
        WIDOWED
    }

    public enum Tenure {
        OWNED,
        RENTED,
        LENT
    }

    /** What rules may know: no names and no IDs. Call it only where nothing contradicts. */
    HouseholdFacts facts(String applicationCityCode, @Nullable LocalDate qualifiedOn) {
        return new HouseholdFacts(
                applicationCityCode,
                members.stream().map(Member::person).toList(),
                homes.stream().filter(Home::counts).map(Home::areaSqm).reduce(BigDecimal.ZERO, BigDecimal::add),
                members.stream()
                        .flatMap(member -> member.incomes().stream())
                        .mapToLong(Income::monthlyFen)
                        .reduce(0, Math::addExact),
                assets.stream().mapToLong(Asset::valueFen).reduce(0, Math::addExact),
                groups(),
                qualifiedOn,
                CaseFacts.inArea(currentAddress.areaCode()));
    }

    private Set<String> groups() {
        var groups = new TreeSet<String>();
        SpecialGroup.find(category).ifPresent(group -> groups.add(group.code()));
        members.forEach(member -> groups.addAll(member.specialGroups()));
        return groups;
    }

    /** The main applicant (主申请人). */
    public Member applicant() {
        return members.stream()
                .filter(member -> member.relation() == Relation.APPLICANT)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a household without an applicant"));
    }
}
