package io.anju.application;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.anju.policy.Relation;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a household declares. Kept sealed; whoever opens it leaves an audit row.
 *
 * <p>The names and the nesting are those of the contract, so that a JSON Pointer into the request is a pointer into
 * this record.
 *
 * @param category the category the household applies in, such as {@code low-income} (低收入家庭)
 * @param contactPhone a mainland mobile number in E.164 form
 * @param monthlyIncomes nothing declared means no income
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Household(
        String category,
        String contactPhone,
        Address currentAddress,
        List<Member> members,
        List<Home> homes,
        List<Asset> assets) {

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
            List<Income> incomes) {}

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
            @Nullable Long monthlyRentFen) {}

    /** Something of value other than homes, in fen. */
    public record Asset(String kind, long valueFen) {}

    public enum Sex {
        FEMALE,
        MALE
    }

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

    /** The main applicant (主申请人). */
    @JsonIgnore
    public Member applicant() {
        return members.stream()
                .filter(member -> member.relation() == Relation.APPLICANT)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a household without an applicant"));
    }
}
