package io.anju.cli;

import io.anju.platform.config.Settings;
import io.anju.sandbox.CityGuide;
import io.anju.sandbox.Demo;
import io.anju.sandbox.DemoOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the whole product on a synthetic city, with nothing to install and nobody real in it. */
@Command(
        name = "demo",
        description =
                "Start everything on a synthetic city: embedded PostgreSQL, sample policies, simulators, log-ins.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class DemoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--host", description = "Address that the API listens on; its log-ins are known to everybody.")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "Port of the API; 0 takes a free one.")
    private int port = 8080;

    @Option(names = "--management-port", description = "Port of health and metrics; 0 takes a free one.")
    private int managementPort = 8081;

    @Option(
            names = "--simulator-port",
            description = "Port of the simulators and of the demo's clock; 0 takes a free one.")
    private int simulatorPort = 8082;

    @Option(names = "--data", paramLabel = "DIR", description = "Folder that keeps the city between runs.")
    private @Nullable Path data;

    @Option(names = "--households", description = "Households of a new city.")
    private int households = 1_000;

    @Option(names = "--seed", description = "Seed of a new city.")
    private long seed = 42;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LogSetup.apply(new Settings.Logging("text", "WARN"));
        var out = spec.commandLine().getOut();
        long started = System.nanoTime();
        var options = new DemoOptions(host, port, managementPort, simulatorPort, data, households, seed);
        var demo = Demo.start(options, out::println);
        print(out, demo, (System.nanoTime() - started) / 1_000_000_000);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            demo.close();
                            stopped.countDown();
                        },
                        "shutdown"));
        demo.stopsWithCaller();
        stopped.await();
        return 0;
    }

    private static void print(PrintWriter out, Demo demo, long seconds) {
        var guide = demo.guide();
        out.printf("%nReady after %d s. Stop with Ctrl-C.%n%n", seconds);
        out.printf("  API            %s%n", demo.url());
        out.printf("  Documentation  %s/docs%n", demo.url());
        out.printf("  Health         %s/health/ready%n", demo.managementUrl());
        out.printf("  Simulators     %s   (messages: /control/sms?phone=…)%n", demo.simulatorUrl());
        out.printf("  Move the clock curl -X POST '%s/control/clock/advance?days=8'%n%n", demo.simulatorUrl());
        printLogIns(out, demo, guide);
        out.println();
        out.println(
                "The README's walk takes a household from log-in to its place on the waiting list, into a home, and pays its rent.");
        out.flush();
    }

    private static void printTenant(PrintWriter out, String who, @Nullable String phone) {
        if (phone != null) {
            out.printf("%s: phone %s%n", who, phone);
        }
    }

    private static void printLogIns(PrintWriter out, Demo demo, CityGuide guide) {
        if (guide.residentPhone() != null) {
            out.printf(
                    "Resident on the waiting list: phone %s, receipt %s%n",
                    guide.residentPhone(), guide.residentReceiptNumber());
            out.printf(
                    "  the code of a log-in: curl '%s/control/sms?phone=%%2B86%s'%n",
                    demo.simulatorUrl(), guide.residentPhone());
        }
        printTenant(out, "Pensioner with a lease, who pays", guide.tenantPhone());
        printTenant(out, "Tenant who owes the last months", guide.debtorPhone());
        out.printf("Staff, all with the password %s%n", guide.password());
        guide.staff().forEach(logIn -> out.printf("  %-44s %s%n", logIn.username(), logIn.title()));
        out.printf(
                "Agency %s: client id %s%n  client secret %s%n",
                guide.agency(), guide.clientId(), guide.clientSecret());
    }
}
