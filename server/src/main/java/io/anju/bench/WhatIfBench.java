package io.anju.bench;

import io.anju.identity.Role;
import io.anju.platform.db.DbAddress;
import io.anju.platform.http.Office;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyDocument;
import io.anju.sandbox.InNameOfStaff;
import io.anju.sandbox.RegisterFill;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tries rules on a city of so many registered households, in a server of its own with 512 MiB of heap, and tells how long
 * it took and how much of the heap was used.
 */
@Command(
        name = "what-if",
        mixinStandardHelpOptions = true,
        description =
                "Measure a trial of rules on a long waiting list, in a server with 512 MiB of heap; takes some minutes")
final class WhatIfBench implements Callable<Integer> {
    private static final String CITY = "370200";
    private static final String PROGRAMME = "public-rental";
    private static final long SEED = 528;
    private static final String USERNAME = "bench.policy";
    private static final String PASSWORD = "bench-only-policy";
    private static final Office OFFICE = new Office(CITY, "city", "3702", "bench");

    @Option(names = "--households", description = "households on the waiting list (default: ${DEFAULT-VALUE})")
    int households = 1_000_000;

    @Option(names = "--out", description = "where to write the figures (default: ${DEFAULT-VALUE})")
    Path out = Path.of("server", "target", "bench", "what-if.json");

    private Results results = new Results();

    @Override
    public Integer call() throws Exception {
        return Stage.play("what-if", out, (stage, figures) -> {
            results = figures;
            var address = stage.database("city");
            measure(stage, address, fill(address, stage.folder()));
        });
    }

    /** Makes the list and a proposal of rules; gives the proposal's digest. */
    private String fill(DbAddress address, Path folder) throws IOException {
        System.out.println("Registering " + households + " households");
        var now = Instant.now();
        try (var world = World.start(address, folder, (tx, sql, batch, values, answer) -> {})) {
            var domains = world.domains();
            var policy = domains.policy
                    .inForce(domains.db, CITY, PROGRAMME, Shanghai.date(now))
                    .await();
            long begun = System.nanoTime();
            new RegisterFill(domains.db, domains.vault, policy, SEED, now).add(households);
            results.add("households registered", households / Stage.seconds(begun), "/s", 1);
            var staff = domains.identity
                    .createStaff(USERNAME, PASSWORD, "bench", OFFICE, Set.of(Role.POLICY_OFFICER), now)
                    .await();
            var caller = InNameOfStaff.city(staff);
            var draft = draft(policy, now).getBytes(StandardCharsets.UTF_8);
            return domains.proposals
                    .check(caller, "draft.yaml", draft)
                    .compose(checked -> domains.db.inTransaction(
                            tx -> domains.proposals.propose(tx, caller, checked, "bench", now)))
                    .await()
                    .digest();
        }
    }

    /** The sample with other weights and a lower line: scores, places and eligibility all change. */
    private static String draft(PolicyDocument policy, Instant now) {
        try (var in = WhatIfBench.class.getResourceAsStream("/policies/370200/public-rental-2026.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"" + policy.version() + "\"", "\"bench\"")
                    .replace(
                            "effectiveFrom: " + policy.effectiveFrom(),
                            "effectiveFrom: " + Shanghai.date(now).plusDays(30))
                    .replace("require: {fact: perCapitaAreaSqm, le: 13}", "require: {fact: perCapitaAreaSqm, le: 10}")
                    .replace("points: 35\n      maximum: 35", "points: 30\n      maximum: 30")
                    .replace("of: 80", "of: 60");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void measure(Stage stage, DbAddress address, String digest) throws Exception {
        try (var server = stage.serve(address, Map.of())) {
            System.out.println("Trying rules on them in a server with -Xmx512m");
            var office = new PolicyOffice(server.port(), server.managementPort(), USERNAME, PASSWORD);
            var cpuBefore = server.cpu();
            long begun = System.nanoTime();
            var done = office.simulate(digest, System.out::println);
            double wall = Stage.seconds(begun);
            double cpu = server.cpu().minus(cpuBefore).toNanos() / 1e3 / households;
            System.out.println(done.report());
            results.add("what-if: wall", wall, "s", 1);
            results.add("what-if: rate", households / wall, "/s", 1);
            results.add("what-if: evaluation alone", households / done.evaluationSeconds(), "/s", 1);
            results.add("what-if: server CPU per household", cpu, "µs", 1);
            results.add("what-if: most heap in use seen, of 512 MiB", done.peakHeapMiB(), "MiB", 1);
        }
    }
}
