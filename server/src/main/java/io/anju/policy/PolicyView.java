package io.anju.policy;

import io.anju.api.model.CityEntry;
import io.anju.api.model.CityList;
import io.anju.api.model.CommunityEntry;
import io.anju.api.model.DistrictEntry;
import io.anju.api.model.EligibilityCheck;
import io.anju.api.model.EligibilityDocument;
import io.anju.api.model.EligibilityFact;
import io.anju.api.model.EligibilityRuleAnswer;
import io.anju.api.model.EligibilityRuleAnswerVerdict;
import io.anju.api.model.PolicyEntry;
import io.anju.api.model.PolicyReference;
import io.anju.api.model.PolicyStanding;
import io.anju.api.model.PolicyText;
import io.anju.api.model.Programme;
import io.anju.api.model.ProgrammeDocument;
import io.anju.api.model.ProgrammeOrderKey;
import io.anju.api.model.ProgrammeOrderKeyBy;
import io.anju.api.model.ProgrammeOrderKeyDirection;
import io.anju.api.model.ProgrammeRankKey;
import io.anju.api.model.ProgrammeRankKeyBy;
import io.anju.api.model.ProgrammeStep;
import io.anju.api.model.ProgrammeStepKind;
import io.anju.api.model.ScoreSheet;
import io.anju.api.model.ScoreSheetItem;
import io.anju.api.model.StreetEntry;
import io.anju.platform.http.Language;
import io.anju.policy.yaml.Codes;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rules and their answers in the contract's words and the caller's language. */
final class PolicyView {
    private final Language language;

    PolicyView(Language language) {
        this.language = language;
    }

    CityList cities(Collection<City> cities) {
        return new CityList(cities.stream().map(this::city).toList());
    }

    private CityEntry city(City city) {
        return new CityEntry(
                city.code(),
                in(city.name()),
                city.districts().stream().map(this::district).toList());
    }

    private DistrictEntry district(City.District district) {
        return new DistrictEntry(
                district.code(),
                in(district.name()),
                district.streets().stream().map(this::street).toList());
    }

    private StreetEntry street(City.Street street) {
        return new StreetEntry(
                street.code(),
                in(street.name()),
                street.communities().stream()
                        .map(community -> new CommunityEntry(community.code(), in(community.name())))
                        .toList());
    }

    Programme programme(PolicyDocument document, City city) {
        return new Programme(
                document.cityCode(),
                in(city.name()),
                document.programme(),
                in(document.programmeName()),
                reference(document),
                document.pipeline().stream().map(step -> step(step, city)).toList(),
                document.documents().stream()
                        .map(rule -> new ProgrammeDocument(
                                rule.id(), in(rule.name()), in(rule.hint()), document.isAlwaysRequired(rule)))
                        .toList(),
                document.order().stream().flatMap(PolicyView::orderKey).toList(),
                document.order().stream().map(PolicyView::rankKey).toList(),
                document.correctionWorkingDays(),
                document.reReviewAskWithinDays(),
                document.reReviewWorkingDays(),
                document.waitingLimitYears());
    }

    /** The document without its content; the same in every language, because it shows both. */
    static PolicyEntry entry(PolicyDocument document, LocalDate today) {
        var meta = document.meta();
        return new PolicyEntry(
                document.digest(),
                meta.cityCode(),
                meta.programme(),
                text(meta.programmeName()),
                meta.version(),
                text(meta.title()),
                meta.source(),
                meta.asSeenAt(),
                meta.confidence(),
                meta.effectiveFrom(),
                meta.effectiveTo(),
                standing(meta, today));
    }

    static PolicyText text(Text text) {
        return new PolicyText(text.zh(), text.en());
    }

    private static PolicyStanding standing(PolicyMeta meta, LocalDate today) {
        var lastDay = meta.effectiveTo();
        if (meta.effectiveFrom().isAfter(today)) {
            return PolicyStanding.COMING;
        }
        return lastDay != null && lastDay.isBefore(today) ? PolicyStanding.PAST : PolicyStanding.IN_FORCE;
    }

    /** Names everything of an entry that can change. */
    static String tag(PolicyEntry entry) {
        var lastDay = entry.effectiveTo();
        return entry.digest() + "-" + (lastDay == null ? "open" : lastDay) + "-"
                + entry.standing().wire();
    }

    private PolicyReference reference(PolicyDocument document) {
        var meta = document.meta();
        return new PolicyReference(
                meta.version(),
                document.digest(),
                in(meta.title()),
                meta.source(),
                meta.effectiveFrom(),
                meta.effectiveTo());
    }

    private ProgrammeStep step(Step step, City city) {
        var agencies = step.verification().stream()
                .map(VerificationRequirement::agency)
                .distinct()
                .map(id -> city.agencies().stream()
                        .filter(agency -> agency.id().equals(id))
                        .map(agency -> in(agency.name()))
                        .findFirst()
                        .orElse(id))
                .toList();
        return new ProgrammeStep(
                step.id(),
                ProgrammeStepKind.valueOf(step.kind().name()),
                step.office(),
                step.days(),
                in(step.name()),
                agencies);
    }

    /** The key in the words of the first release; empty for a kind that it did not know. */
    private static Stream<ProgrammeOrderKey> orderKey(OrderKey key) {
        return Arrays.stream(ProgrammeOrderKeyBy.values())
                .filter(by -> by.name().equals(key.by().name()))
                .map(by -> new ProgrammeOrderKey(by, direction(key)));
    }

    private static ProgrammeRankKey rankKey(OrderKey key) {
        return new ProgrammeRankKey(
                ProgrammeRankKeyBy.valueOf(key.by().name()),
                direction(key),
                key.dates().isEmpty()
                        ? null
                        : key.dates().stream().map(Codes::kebab).toList(),
                key.seed());
    }

    private static ProgrammeOrderKeyDirection direction(OrderKey key) {
        return ProgrammeOrderKeyDirection.valueOf(key.direction().name());
    }

    EligibilityCheck check(PolicyDocument document, HouseholdFacts facts, LocalDate asOf) {
        var results = document.eligibility(facts, asOf);
        return new EligibilityCheck(
                results.stream().allMatch(RuleResult::passed),
                document.cityCode(),
                document.programme(),
                document.version(),
                document.digest(),
                asOf,
                results.stream().map(this::answer).toList(),
                documents(document.requiredDocuments(facts, asOf)),
                score(document.score(facts, asOf)));
    }

    private EligibilityRuleAnswer answer(RuleResult result) {
        return new EligibilityRuleAnswer(
                result.id(),
                in(result.name()),
                EligibilityRuleAnswerVerdict.valueOf(result.verdict().name()),
                result.bound(),
                facts(result.facts()),
                in(result.text()));
    }

    /** What a rule looked at, in its order. */
    static List<EligibilityFact> facts(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> new EligibilityFact(fact.getKey(), fact.getValue()))
                .toList();
    }

    private List<EligibilityDocument> documents(List<DocumentRule> rules) {
        return rules.stream()
                .map(rule -> new EligibilityDocument(rule.id(), in(rule.name()), in(rule.hint())))
                .toList();
    }

    private ScoreSheet score(Score score) {
        return new ScoreSheet(
                score.total().toPlainString(),
                score.items().stream()
                        .map(item -> new ScoreSheetItem(
                                item.id(),
                                in(item.name()),
                                item.points().toPlainString(),
                                item.maximum().toPlainString(),
                                in(item.explanation())))
                        .toList());
    }

    private String in(Text text) {
        return text.in(language.tag());
    }
}
