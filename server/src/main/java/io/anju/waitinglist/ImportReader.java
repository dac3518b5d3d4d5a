package io.anju.waitinglist;

import io.anju.identity.NationalId;
import io.anju.policy.CaseFacts;
import io.anju.policy.City;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.Person;
import io.anju.policy.PolicyDocument;
import io.anju.policy.Relation;
import io.anju.policy.Sex;
import io.anju.policy.SpecialGroup;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes households of rows, or says everything that is wrong with them; pure. */
final class ImportReader {
    private static final Map<String, String> CATEGORIES = Map.of(
            "低保", "minimum-living-allowance",
            "特困", "extreme-hardship",
            "低收入", "low-income",
            "中等偏下收入", "lower-middle-income",
            "新就业", "new-graduate",
            "外来务工", "migrant-worker");
    private static final Map<String, Relation> RELATIONS = Map.of(
            "配偶", Relation.SPOUSE,
            "子女", Relation.CHILD,
            "父母", Relation.PARENT,
            "祖父母", Relation.GRANDPARENT,
            "孙子女", Relation.GRANDCHILD,
            "兄弟姐妹", Relation.SIBLING,
            "其他", Relation.OTHER);
    private static final int MOST_MEMBERS = 12;
    private static final int MOST_NAME_CHARS = 60;
    private static final BigDecimal FEN = new BigDecimal(100);

    private final City city;
    private final PolicyDocument policy;
    private final LocalDate today;

    ImportReader(City city, PolicyDocument policy, LocalDate today) {
        this.city = city;
        this.policy = policy;
        this.today = today;
    }

    /** Where something is wrong. */
    record Fault(ImportColumn column, ImportFault fault) {}

    /** Somebody of the household, with what no list shows. */
    record Member(Relation relation, String name, String nationalId) {}

    /** A household that nothing is wrong with, as far as its row tells. */
    record Entry(
            String sourceNumber,
            List<Member> members,
            String areaCode,
            String category,
            LocalDate appliedOn,
            LocalDate qualifiedOn,
            LocalDate registeredOn,
            HouseholdFacts facts) {}

    /** @param entry null where there are faults */
    record Result(@Nullable Entry entry, List<Fault> faults) {}

    Result read(Map<ImportColumn, String> row) {
        var fields = new ImportFields(row);
        var members = members(fields);
        var appliedOn = fields.date(ImportColumn.APPLIED_ON);
        var qualifiedOn = fields.date(ImportColumn.QUALIFIED_ON);
        var registered = fields.date(ImportColumn.REGISTERED_ON);
        var registeredOn = registered == null ? qualifiedOn : registered;
        var hukouSince = fields.date(ImportColumn.HUKOU_SINCE);
        checkDates(fields, members, appliedOn, qualifiedOn, registeredOn, hukouSince);
        var sourceNumber = fields.text(ImportColumn.SOURCE_NUMBER);
        var areaCode = community(fields);
        var category = category(fields);
        var groups = groups(fields, category);
        var area = fields.number(ImportColumn.OWNED_AREA_SQM, 10_000);
        var income = fields.number(ImportColumn.MONTHLY_INCOME_YUAN, 10_000_000);
        var assets = fields.number(ImportColumn.ASSETS_YUAN, 1_000_000_000);
        var waivers = fields.number(ImportColumn.WAIVER_COUNT, 100);
        checkSize(fields, members);
        if (!fields.faults().isEmpty()
                || appliedOn == null
                || qualifiedOn == null
                || registeredOn == null
                || area == null
                || income == null) {
            return new Result(null, fields.faults());
        }
        var onFile = new CaseFacts(
                appliedOn, null, waivers == null ? 0 : waivers.intValue(), null, areaCode.substring(0, 6));
        var facts = new HouseholdFacts(
                city.code(),
                members.stream()
                        .map(member -> person(member, fields.text(ImportColumn.HUKOU_CITY_CODE), hukouSince))
                        .toList(),
                area,
                fen(income),
                assets == null ? 0 : fen(assets),
                groups,
                qualifiedOn,
                onFile);
        if (!canBeScored(facts)) {
            return new Result(null, List.of(new Fault(ImportColumn.SOURCE_NUMBER, ImportFault.CANNOT_BE_SCORED)));
        }
        return new Result(
                new Entry(sourceNumber, members, areaCode, category, appliedOn, qualifiedOn, registeredOn, facts),
                List.of());
    }

    private boolean canBeScored(HouseholdFacts facts) {
        try {
            policy.scoreTotal(facts, today);
            return true;
        } catch (IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private static long fen(BigDecimal yuan) {
        return yuan.multiply(FEN).longValue();
    }

    private List<Member> members(ImportFields fields) {
        var members = new ArrayList<Member>();
        var applicant =
                new Member(Relation.APPLICANT, fields.text(ImportColumn.NAME), fields.text(ImportColumn.NATIONAL_ID));
        if (applicant.name().length() > MOST_NAME_CHARS) {
            fields.fault(ImportColumn.NAME, ImportFault.TOO_LONG);
        }
        if (isPerson(fields, ImportColumn.NATIONAL_ID, applicant.nationalId())) {
            members.add(applicant);
        }
        for (var text : split(fields.text(ImportColumn.MEMBERS))) {
            var parts = text.split("[:：]", -1);
            var relation = parts.length == 3 ? relation(parts[0].strip()) : null;
            if (relation == null || parts[1].isBlank() || parts[1].length() > MOST_NAME_CHARS) {
                fields.fault(ImportColumn.MEMBERS, ImportFault.MEMBERS_FORM);
            } else if (isPerson(fields, ImportColumn.MEMBERS, parts[2].strip())) {
                members.add(new Member(relation, parts[1].strip(), parts[2].strip()));
            }
        }
        if (members.size() > MOST_MEMBERS) {
            fields.fault(ImportColumn.MEMBERS, ImportFault.TOO_LONG);
        }
        if (members.stream().filter(one -> one.relation() == Relation.SPOUSE).count() > 1) {
            fields.fault(ImportColumn.MEMBERS, ImportFault.MORE_THAN_ONE_SPOUSE);
        }
        return members;
    }

    private static @Nullable Relation relation(String name) {
        for (var relation : Relation.values()) {
            if (relation != Relation.APPLICANT && relation.name().equalsIgnoreCase(name)) {
                return relation;
            }
        }
        return RELATIONS.get(name);
    }

    private boolean isPerson(ImportFields fields, ImportColumn column, String nationalId) {
        if (nationalId.isEmpty()) {
            return false;
        }
        var problem = NationalId.check(nationalId, today);
        problem.ifPresent(found -> fields.fault(column, ImportFault.valueOf(found.name())));
        return problem.isEmpty();
    }

    private Person person(Member member, String hukouCityCode, @Nullable LocalDate hukouSince) {
        var id = NationalId.parse(member.nationalId());
        var born = id.birthDate();
        var since = hukouSince == null || !hukouSince.isBefore(born) ? hukouSince : born;
        return new Person(
                member.relation(),
                born,
                hukouCityCode.isEmpty() ? null : hukouCityCode,
                hukouCityCode.isEmpty() ? null : since,
                Sex.valueOf(id.sex().name()));
    }

    private void checkDates(
            ImportFields fields,
            List<Member> members,
            @Nullable LocalDate appliedOn,
            @Nullable LocalDate qualifiedOn,
            @Nullable LocalDate registeredOn,
            @Nullable LocalDate hukouSince) {
        for (var member : members) {
            var born = NationalId.parse(member.nationalId()).birthDate();
            if (member.relation() == Relation.APPLICANT) {
                fields.notBefore(ImportColumn.APPLIED_ON, appliedOn, born, ImportFault.BEFORE_BIRTH);
                fields.notBefore(ImportColumn.HUKOU_SINCE, hukouSince, born, ImportFault.BEFORE_BIRTH);
            }
        }
        fields.notBefore(ImportColumn.QUALIFIED_ON, qualifiedOn, appliedOn, ImportFault.BEFORE_APPLICATION);
        fields.notBefore(ImportColumn.REGISTERED_ON, registeredOn, qualifiedOn, ImportFault.BEFORE_QUALIFICATION);
        fields.notAfter(ImportColumn.APPLIED_ON, appliedOn, today);
        fields.notAfter(ImportColumn.QUALIFIED_ON, qualifiedOn, today);
        fields.notAfter(ImportColumn.REGISTERED_ON, registeredOn, today);
        fields.notAfter(ImportColumn.HUKOU_SINCE, hukouSince, today);
    }

    private String community(ImportFields fields) {
        var code = fields.text(ImportColumn.AREA_CODE);
        if (!code.isEmpty() && (code.length() != 12 || city.community(code).isEmpty())) {
            fields.fault(ImportColumn.AREA_CODE, ImportFault.UNKNOWN_COMMUNITY);
        }
        return code;
    }

    private static String category(ImportFields fields) {
        var text = fields.text(ImportColumn.CATEGORY);
        var code = CATEGORIES.getOrDefault(text.replace("家庭", ""), text);
        if (!text.isEmpty() && !CATEGORIES.containsValue(code)) {
            fields.fault(ImportColumn.CATEGORY, ImportFault.UNKNOWN_CATEGORY);
        }
        return code;
    }

    private static Set<String> groups(ImportFields fields, String category) {
        var groups = new TreeSet<String>();
        SpecialGroup.find(category).ifPresent(group -> groups.add(group.code()));
        for (var name : split(fields.text(ImportColumn.SPECIAL_GROUPS))) {
            var found = SpecialGroup.find(name).or(() -> byLabel(name));
            if (found.isEmpty()) {
                fields.fault(ImportColumn.SPECIAL_GROUPS, ImportFault.UNKNOWN_GROUP);
            }
            found.ifPresent(group -> groups.add(group.code()));
        }
        return groups;
    }

    private static Optional<SpecialGroup> byLabel(String name) {
        return Arrays.stream(SpecialGroup.values())
                .filter(group -> group.label().zh().equals(name))
                .findFirst();
    }

    private static void checkSize(ImportFields fields, List<Member> members) {
        var said = fields.number(ImportColumn.HOUSEHOLD_SIZE, 30);
        if (said != null && fields.faults().isEmpty() && said.intValue() != members.size()) {
            fields.fault(ImportColumn.HOUSEHOLD_SIZE, ImportFault.SIZE_DIFFERS);
        }
    }

    private static List<String> split(String text) {
        return text.isEmpty()
                ? List.of()
                : Pattern.compile("[;；]")
                        .splitAsStream(text)
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }
}
