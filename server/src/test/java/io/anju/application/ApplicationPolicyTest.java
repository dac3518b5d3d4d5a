package io.anju.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.application.Household.Home;
import io.anju.application.Household.Hukou;
import io.anju.application.Household.MaritalStatus;
import io.anju.application.Household.Member;
import io.anju.application.Household.Tenure;
import io.anju.identity.Sex;
import io.anju.policy.City;
import io.anju.policy.DocumentRule;
import io.anju.policy.Relation;
import io.anju.policy.Text;
import io.anju.testing.Households;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApplicationPolicyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 4);
    private static final Text NAME = new Text("示例", "Sample");
    private static final City CITY = new City(
            "370200",
            NAME,
            List.of(new City.District(
                    "370202",
                    NAME,
                    List.of(new City.Street("370202001", NAME, List.of(new City.Community("370202001002", NAME)))))),
            List.of(),
            null);

    private static final Person APPLICANT =
            new Person(Relation.APPLICANT, Sex.MALE, "1986-04-12", MaritalStatus.MARRIED);
    private static final Person SPOUSE = new Person(Relation.SPOUSE, Sex.FEMALE, "1988-09-23", MaritalStatus.MARRIED);
    private static final Person CHILD =
            new Person(Relation.CHILD, Sex.FEMALE, "2015-06-01", MaritalStatus.NEVER_MARRIED);
    private static final Person SINGLE =
            new Person(Relation.APPLICANT, Sex.MALE, "1980-01-31", MaritalStatus.NEVER_MARRIED);

    /** A row of the tables: who somebody says to be. */
    private record Person(Relation relation, Sex sex, String born, MaritalStatus status) {
        Person born(String date) {
            return new Person(relation, sex, date, status);
        }

        Person is(MaritalStatus other) {
            return new Person(relation, sex, born, other);
        }

        Person as(Relation other) {
            return new Person(other, sex, born, status);
        }

        Member member() {
            var birthDate = LocalDate.parse(born);
            return new Member(
                    "王示例",
                    Households.nationalId(birthDate, sex),
                    relation,
                    sex,
                    birthDate,
                    status,
                    new Hukou("370200", birthDate),
                    null,
                    List.of(),
                    List.of());
        }
    }

    static Stream<Arguments> families() {
        return Stream.of(
                row("a couple with a child", List.of(APPLICANT, SPOUSE, CHILD)),
                row("a single person", List.of(SINGLE)),
                row("nobody applies", List.of(SINGLE.as(Relation.OTHER)), "/members applicant-missing"),
                row("two apply", List.of(SINGLE, SINGLE.born("1979-05-05")), "/members/1/relation applicant-repeated"),
                row(
                        "two spouses",
                        List.of(APPLICANT, SPOUSE, SPOUSE.born("1990-02-02")),
                        "/members/2/relation spouse-repeated"),
                row(
                        "the child is as old as the parent",
                        List.of(APPLICANT, SPOUSE, CHILD.born("1986-04-12")),
                        "/members/2/birthDate child-not-younger"),
                row("the child is a day younger", List.of(APPLICANT, SPOUSE, CHILD.born("1986-04-13"))),
                row(
                        "the parent is younger",
                        List.of(SINGLE, CHILD.as(Relation.PARENT).born("1980-02-01")),
                        "/members/1/birthDate parent-not-older"),
                row(
                        "the grandparent is as old",
                        List.of(SINGLE, CHILD.as(Relation.GRANDPARENT).born("1980-01-31")),
                        "/members/1/birthDate parent-not-older"),
                row(
                        "the grandchild is older than every child",
                        List.of(
                                APPLICANT,
                                SPOUSE,
                                CHILD,
                                CHILD.as(Relation.GRANDCHILD).born("2010-01-01")),
                        "/members/3/birthDate child-not-younger"),
                row(
                        "the grandchild's parent lives elsewhere",
                        List.of(APPLICANT, SPOUSE, CHILD.as(Relation.GRANDCHILD).born("2018-01-01"))),
                row(
                        "a married applicant without spouse",
                        List.of(APPLICANT),
                        "/members/0/maritalStatus married-without-spouse"),
                row(
                        "a spouse beside a divorced applicant",
                        List.of(APPLICANT.is(MaritalStatus.DIVORCED), SPOUSE),
                        "/members/0/maritalStatus spouse-without-marriage"),
                row(
                        "a spouse who is widowed",
                        List.of(APPLICANT, SPOUSE.is(MaritalStatus.WIDOWED)),
                        "/members/1/maritalStatus spouse-without-marriage"),
                row(
                        "an applicant on the day before 18",
                        List.of(SINGLE.born("2008-03-05")),
                        "/members/0/birthDate applicant-under-age"),
                row("an applicant who turns 18 today", List.of(SINGLE.born("2008-03-04"))),
                row(
                        "a husband on the day before 22",
                        List.of(APPLICANT.born("2004-03-05"), SPOUSE),
                        "/members/0/maritalStatus married-under-age"),
                row(
                        "a wife on the day before 20",
                        List.of(APPLICANT, SPOUSE.born("2006-03-05")),
                        "/members/1/maritalStatus married-under-age"),
                row("both of legal age today", List.of(APPLICANT.born("2004-03-04"), SPOUSE.born("2006-03-04"))));
    }

    private static Arguments row(String name, List<Person> people, String... findings) {
        return Arguments.of(name, people, List.of(findings));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("families")
    void finds_what_contradicts_between_members(String name, List<Person> people, List<String> expected) {
        var household = household(people.stream().map(Person::member).toList());

        assertThat(findings(household))
                .as(name)
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(finding -> "/household" + finding).toList());
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                field(
                        "a wrong check digit",
                        "nationalId national-id-check-digit",
                        ApplicationPolicyTest::wrongCheckDigit),
                field(
                        "another birth date",
                        "birthDate birth-date-contradicts-id",
                        member -> with(member, member.nationalId(), member.sex(), LocalDate.of(1980, 2, 1), null)),
                field(
                        "another sex",
                        "sex sex-contradicts-id",
                        member -> with(member, member.nationalId(), Sex.FEMALE, member.birthDate(), null)),
                field(
                        "hukou from tomorrow",
                        "hukou/since date-in-future",
                        member ->
                                with(member, member.nationalId(), member.sex(), member.birthDate(), TODAY.plusDays(1))),
                field(
                        "hukou from the day before birth",
                        "hukou/since hukou-since-before-birth",
                        member -> with(
                                member,
                                member.nationalId(),
                                member.sex(),
                                member.birthDate(),
                                member.birthDate().minusDays(1))));
    }

    private static Arguments field(String name, String finding, UnaryOperator<Member> change) {
        return Arguments.of(name, finding, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fields")
    void a_draft_is_not_kept_with_a_field_that_is_wrong_in_itself(
            String name, String finding, UnaryOperator<Member> change) {
        var household = household(List.of(change.apply(SINGLE.member())));

        assertThat(ApplicationPolicy.malformed(household, TODAY))
                .as(name)
                .extracting(found -> found.pointer() + " " + found.code().id())
                .containsExactly("/household/members/0/" + finding);
    }

    @Test
    void a_birth_in_the_future_is_found_whatever_the_id_says() {
        var tomorrow = TODAY.plusDays(1);
        var member = SINGLE.member();
        var household = household(List.of(with(member, member.nationalId(), member.sex(), tomorrow, null)));

        assertThat(ApplicationPolicy.malformed(household, TODAY))
                .extracting(found -> found.code().id())
                .containsExactlyInAnyOrder("birth-date-contradicts-id", "date-in-future");
    }

    @Test
    void the_same_person_twice_is_named_at_the_second_place() {
        var member = CHILD.member();
        var household = household(List.of(APPLICANT.member(), SPOUSE.member(), member, member));

        assertThat(findings(household)).containsExactly("/household/members/3/nationalId same-person-twice");
    }

    @Test
    void a_community_of_another_city_is_found() {
        var members = List.of(SINGLE.member());
        var household = new Household(
                "low-income", "13900000000", new Household.Address("320302001001", "x"), members, List.of(), List.of());

        assertThat(findings(household)).containsExactly("/household/currentAddress/areaCode community-unknown");
    }

    @Test
    void a_home_has_an_area_and_a_rent_exactly_where_it_is_rented() {
        var homes = List.of(
                new Home(Tenure.OWNED, "apartment", new BigDecimal("0.00"), "a", null),
                new Home(Tenure.OWNED, "apartment", new BigDecimal("9.00"), "b", 1L),
                new Home(Tenure.RENTED, "apartment", new BigDecimal("9.00"), "c", null),
                new Home(Tenure.RENTED, "apartment", new BigDecimal("9.00"), "d", 120_000L));
        var base = household(List.of(SINGLE.member()));
        var household = new Household(
                base.category(), base.contactPhone(), base.currentAddress(), base.members(), homes, List.of());

        assertThat(findings(household))
                .containsExactly(
                        "/household/homes/0/areaSqm home-without-area",
                        "/household/homes/1/monthlyRentFen rent-contradicts-tenure",
                        "/household/homes/2/monthlyRentFen rent-contradicts-tenure");
    }

    @Test
    void names_each_document_that_is_missing() {
        var required = List.of(
                new DocumentRule("household-register", NAME, NAME), new DocumentRule("income-proof", NAME, NAME));

        assertThat(ApplicationPolicy.missingDocuments(required, Set.of("household-register", "other")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.args()).containsEntry("kind", "income-proof"));
    }

    @Test
    void rules_count_what_is_owned_or_rented_from_the_public() {
        var homes = List.of(
                new Home(Tenure.OWNED, "apartment", new BigDecimal("10.50"), "a", null),
                new Home(Tenure.RENTED, "public-housing", new BigDecimal("9.00"), "b", 10_000L),
                new Home(Tenure.RENTED, "apartment", new BigDecimal("60.00"), "c", 120_000L),
                new Home(Tenure.LENT, "apartment", new BigDecimal("30.00"), "d", null));
        var base = household(List.of(SINGLE.member()));
        var household = new Household(
                base.category(), base.contactPhone(), base.currentAddress(), base.members(), homes, List.of());

        var facts = household.facts("370200", null);

        assertThat(facts.ownedAreaSqm()).isEqualByComparingTo("19.50");
        assertThat(facts.specialGroups()).containsExactly("low-income");
    }

    private static List<String> findings(Household household) {
        return ApplicationPolicy.contradictions(household, CITY, TODAY).stream()
                .map(found -> found.pointer() + " " + found.code().id())
                .toList();
    }

    private static Household household(List<Member> members) {
        return new Household(
                "low-income",
                "13900000000",
                new Household.Address("370202001002", "示例路 1 号"),
                new ArrayList<>(members),
                List.of(),
                List.of());
    }

    private static Member wrongCheckDigit(Member member) {
        var id = member.nationalId();
        var wrong = id.substring(0, 17) + (id.charAt(17) == '7' ? '8' : '7');
        return with(member, wrong, member.sex(), member.birthDate(), null);
    }

    private static Member with(
            Member member, String nationalId, Sex sex, LocalDate birthDate, @Nullable LocalDate hukouSince) {
        return new Member(
                member.fullName(),
                nationalId,
                member.relation(),
                sex,
                birthDate,
                member.maritalStatus(),
                hukouSince == null ? null : new Hukou("370200", hukouSince),
                member.employer(),
                member.specialGroups(),
                member.incomes());
    }
}
