package io.anju.cli;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.ComplaintClock;
import io.anju.policy.Deadline;
import io.anju.policy.DocumentRule;
import io.anju.policy.HomeSize;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.MoneyAnswers;
import io.anju.policy.OrderKey;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyFiles;
import io.anju.policy.PriorityClass;
import io.anju.policy.RuleResult;
import io.anju.policy.Score;
import io.anju.policy.TenancyCase;
import io.anju.policy.yaml.InvalidPolicyException;
import io.anju.policy.yaml.PolicyFault;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Works on policy files before they come into force; needs neither a server nor a database. */
@Command(
        name = "policy",
        description = "Check policy documents and try them on a household.",
        mixinStandardHelpOptions = true,
        subcommands = {PolicyCommand.Check.class, PolicyCommand.Evaluate.class, PolicyCommand.Diff.class})
public final class PolicyCommand implements Callable<Integer> {
    private static final int REFUSED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before the call
    private CommandSpec spec;

    /** Alone the command says what it can do. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }

    /** {@code policy check FILE…}: every fault with file, line and reason. */
    @Command(
            name = "check",
            description = "Name everything that is wrong with documents, city files or whole folders of cities.",
            mixinStandardHelpOptions = true)
    static final class Check implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(
                arity = "1..*",
                paramLabel = "FILE",
                description = "A document, a city.yaml, or a folder of cities.")
        private List<Path> files = new ArrayList<>();

        @Override
        public Integer call() {
            var out = spec.commandLine().getOut();
            var faults = new ArrayList<PolicyFault>();
            for (var file : files) {
                var found = PolicyFiles.check(file);
                found.forEach(out::println);
                if (found.isEmpty()) {
                    out.println(file + ": in order");
                }
                faults.addAll(found);
            }
            out.flush();
            return faults.isEmpty() ? 0 : REFUSED;
        }
    }

    /** {@code policy evaluate FILE --facts FACTS --as-of DATE}: what the rules answer, with the trace. */
    @Command(
            name = "evaluate",
            description =
                    "Print as JSON how a document answers for a household: each rule, the documents, the score, the money.",
            mixinStandardHelpOptions = true)
    static final class Evaluate implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "The policy document.")
        @SuppressWarnings("NullAway.Init")
        private Path file;

        @Option(names = "--facts", required = true, paramLabel = "FACTS", description = "The household's facts, YAML.")
        @SuppressWarnings("NullAway.Init")
        private Path factsFile;

        @Option(names = "--as-of", required = true, paramLabel = "DATE", description = "The day to compute for.")
        @SuppressWarnings("NullAway.Init")
        private LocalDate asOf;

        @Override
        public Integer call() throws JsonProcessingException {
            try {
                var document = PolicyFiles.read(file);
                var facts = PolicyFiles.readFacts(factsFile, document.cityCode());
                var tenancy = PolicyFiles.readTenancy(factsFile);
                print(
                        spec.commandLine().getOut(),
                        json().writeValueAsString(Answer.of(document, facts, tenancy, asOf)));
                return 0;
            } catch (InvalidPolicyException | IllegalArgumentException e) {
                print(spec.commandLine().getErr(), String.valueOf(e.getMessage()));
                return REFUSED;
            }
        }

        /** Built when it is needed: every start of the program loads this class, and most start a server. */
        private static ObjectMapper json() {
            return JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    // as in the API: a program that reads points as floating point would lose the scale
                    .withConfigOverride(
                            BigDecimal.class,
                            points -> points.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
                    .build();
        }

        private static void print(PrintWriter writer, String text) {
            writer.println(text);
            writer.flush();
        }
    }

    /** {@code policy diff A B}: what the second document changes. */
    @Command(
            name = "diff",
            description = "Name every place where the second document differs from the first.",
            mixinStandardHelpOptions = true)
    static final class Diff implements Callable<Integer> {
        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(index = "0", paramLabel = "A", description = "The document before.")
        @SuppressWarnings("NullAway.Init")
        private Path before;

        @Parameters(index = "1", paramLabel = "B", description = "The document after.")
        @SuppressWarnings("NullAway.Init")
        private Path after;

        @Override
        public Integer call() {
            try {
                var differences = PolicyFiles.diff(PolicyFiles.read(before), PolicyFiles.read(after));
                differences.forEach(spec.commandLine().getOut()::println);
                spec.commandLine().getOut().flush();
                return 0;
            } catch (InvalidPolicyException e) {
                spec.commandLine().getErr().println(e.getMessage());
                spec.commandLine().getErr().flush();
                return REFUSED;
            }
        }
    }

    /** What {@code evaluate} prints. */
    record Answer(
            Reference policy,
            LocalDate asOf,
            boolean eligible,
            List<RuleResult> rules,
            List<DocumentRule> documents,
            Score score,
            @Nullable PriorityClass priorityClass,
            List<OrderKey> order,
            HomeSize.@Nullable Answer homeSize,
            List<Deadline> deadlines,
            List<ComplaintClock.Days> complaints,
            MoneyAnswers money) {

        record Reference(String cityCode, String programme, String version, String digest, String source) {}

        static Answer of(PolicyDocument document, HouseholdFacts facts, TenancyCase tenancy, LocalDate asOf) {
            var rules = document.eligibility(facts, asOf);
            var calendar = WorkingDays.load();
            return new Answer(
                    new Reference(
                            document.cityCode(),
                            document.programme(),
                            document.version(),
                            document.digest(),
                            document.meta().source()),
                    asOf,
                    rules.stream().allMatch(RuleResult::passed),
                    rules,
                    document.requiredDocuments(facts, asOf),
                    document.score(facts, asOf),
                    document.priorityClass(facts, asOf).orElse(null),
                    document.order(),
                    document.homeSize(facts, asOf).orElse(null),
                    document.deadlines(asOf, calendar),
                    document.cases().complaints().stream()
                            .map(clock -> clock.days(asOf, calendar))
                            .toList(),
                    MoneyAnswers.of(document.money(), facts, tenancy, asOf, calendar));
        }
    }
}
