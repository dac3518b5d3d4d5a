package io.anju.cli;

import io.anju.identity.IdentityService;
import io.anju.identity.Partner;
import io.anju.identity.PartnerDesk;
import io.anju.platform.config.Settings;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Changes what a partner's program may do; whatever takes something away holds at once on every server. */
@Command(
        name = "partner",
        description = "Disable a partner's program, end a key, replace a secret, set networks and terms.",
        mixinStandardHelpOptions = true)
final class PartnerCommand {
    private static final String CLIENT_ID = "--client-id";

    @Command(name = "disable", description = "Let the program in no longer; its tokens end at once.")
    int disable(
            @Option(names = CLIENT_ID, required = true) String clientId,
            @Option(names = "--reason", required = true, description = "Kept in the audit.") String reason)
            throws TimeoutException {
        return at(desk -> desk.setEnabled(clientId, false, reason, Instant.now()), clientId + " is disabled");
    }

    @Command(name = "enable", description = "Let a disabled program in again.")
    int enable(
            @Option(names = CLIENT_ID, required = true) String clientId,
            @Option(names = "--reason", required = true, description = "Kept in the audit.") String reason)
            throws TimeoutException {
        return at(desk -> desk.setEnabled(clientId, true, reason, Instant.now()), clientId + " may come again");
    }

    @Command(name = "end-key", description = "End a key before its time, and the program's tokens.")
    int endKey(
            @Option(names = CLIENT_ID, required = true) String clientId,
            @Option(names = "--kid", required = true, description = "Which key.") String kid)
            throws TimeoutException {
        return at(desk -> desk.endKey(clientId, kid, Instant.now()), "The key " + kid + " has ended");
    }

    @Command(name = "new-secret", description = "Make a new secret; the old one stays good for some days.")
    int newSecret(
            @Option(names = CLIENT_ID, required = true) String clientId,
            @Option(
                            names = "--overlap-days",
                            defaultValue = "7",
                            description = "Days in which both are good, 0 to 30. [${DEFAULT-VALUE}]")
                    int overlapDays)
            throws TimeoutException {
        var secret = IdentityService.newClientSecret();
        var overlap = Duration.ofDays(overlapDays);
        return at(
                desk -> desk.replaceSecret(clientId, secret, overlap, Instant.now()),
                "Secret, kept nowhere else: " + secret);
    }

    @Command(name = "set-networks", description = "Say from where the program may come; its tokens end.")
    int setNetworks(
            @Option(names = CLIENT_ID, required = true) String clientId,
            @Option(names = "--networks", split = ",", description = "In CIDR notation; without it from anywhere.")
                    @Nullable
                    List<String> networks)
            throws TimeoutException {
        var chosen = networks == null ? List.<String>of() : networks;
        return at(desk -> desk.setNetworks(clientId, chosen, Instant.now()), "From now on: " + chosen);
    }

    @Command(name = "set-terms", description = "Say what was agreed with the agency; the program's tokens end.")
    int setTerms(
            @Option(names = CLIENT_ID, required = true) String clientId,
            @Option(names = "--purpose", description = "What the data is for; kept in the audit with each token.")
                    @Nullable
                    String purpose,
            @Option(
                            names = "--requests-per-minute",
                            description = "What the program may send; as the setting says where it is left out.")
                    @Nullable
                    Integer requestsPerMinute)
            throws TimeoutException {
        var terms = new Partner.Terms(purpose, requestsPerMinute);
        return at(desk -> desk.setTerms(clientId, terms, Instant.now()), "The terms are set");
    }

    private static int at(Function<PartnerDesk, Future<Void>> work, String done) throws TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        Accounts.with(settings, identity -> work.apply(identity.partners()));
        System.out.println(done);
        return 0;
    }
}
