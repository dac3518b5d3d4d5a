package io.anju.cli;

import io.anju.identity.IdentityService;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Changes what a partner's program may do; whatever takes something away holds at once on every server. */
@Command(
        name = "partner",
        description = "Disable a partner's program, end a key, replace a secret, set networks and terms.",
        mixinStandardHelpOptions = true)
final class PartnerCommand {
    /** Which program is meant. */
    static final class Program {
        @Option(names = "--client-id", required = true, description = "Name of the program.")
        private String clientId;
    }

    @Command(name = "disable", description = "Let the program in no longer; its tokens end at once.")
    int disable(@Mixin Program program, @Mixin Reason reason) throws TimeoutException {
        return setEnabled(program, false, reason, " is disabled");
    }

    @Command(name = "enable", description = "Let a disabled program in again.")
    int enable(@Mixin Program program, @Mixin Reason reason) throws TimeoutException {
        return setEnabled(program, true, reason, " may come again");
    }

    /** Why it is done. */
    static final class Reason {
        @Option(names = "--reason", required = true, description = "Kept in the audit.")
        private String text;
    }

    private static int setEnabled(Program program, boolean isEnabled, Reason reason, String done)
            throws TimeoutException {
        return at(
                desk -> desk.setEnabled(program.clientId, isEnabled, reason.text, Instant.now()),
                program.clientId + done);
    }

    @Command(name = "end-key", description = "End a key before its time, and the program's tokens.")
    int endKey(@Mixin Program program, @Option(names = "--kid", required = true, description = "Which key.") String kid)
            throws TimeoutException {
        return at(desk -> desk.endKey(program.clientId, kid, Instant.now()), "The key " + kid + " has ended");
    }

    @Command(name = "new-secret", description = "Make a new secret; the old one stays good for some days.")
    int newSecret(
            @Mixin Program program,
            @Option(
                            names = "--overlap-days",
                            defaultValue = "7",
                            description = "Days in which both are good, 0 to 30. [${DEFAULT-VALUE}]")
                    int overlapDays)
            throws TimeoutException {
        var secret = IdentityService.newClientSecret();
        var overlap = Duration.ofDays(overlapDays);
        return at(
                desk -> desk.replaceSecret(program.clientId, secret, overlap, Instant.now()),
                "Secret, kept nowhere else: " + secret);
    }

    @Command(name = "set-networks", description = "Say from where the program may come; its tokens end.")
    int setNetworks(
            @Mixin Program program,
            @Option(names = "--networks", split = ",", description = "In CIDR notation; without it from anywhere.")
                    @Nullable
                    List<String> networks)
            throws TimeoutException {
        var chosen = networks == null ? List.<String>of() : networks;
        return at(desk -> desk.setNetworks(program.clientId, chosen, Instant.now()), "From now on: " + chosen);
    }

    @Command(name = "set-terms", description = "Say what was agreed with the agency; the program's tokens end.")
    int setTerms(@Mixin Program program, @Mixin PartnerTerms terms) throws TimeoutException {
        return at(desk -> desk.setTerms(program.clientId, terms.agreed(), Instant.now()), "The terms are set");
    }

    private static int at(Function<PartnerDesk, Future<Void>> work, String done) throws TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        Accounts.with(settings, identity -> work.apply(identity.partners()));
        System.out.println(done);
        return 0;
    }
}
