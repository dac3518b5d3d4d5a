package io.anju.cli;

import io.anju.identity.SessionDesk;
import io.anju.platform.config.Settings;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Ends the sessions of one account or of everybody; every server learns of it within a second. */
@Command(
        name = "end-sessions",
        description = "End the sessions of an account, or all of them; whoever is meant has to log in again.",
        mixinStandardHelpOptions = true)
final class EndSessionsCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private final Whose whose = new Whose();

    @Option(names = "--reason", required = true, description = "Kept in the audit.")
    private String reason;

    private static final class Whose {
        @Option(names = "--staff", description = "User name of a member of staff.")
        private @Nullable String username;

        @Option(names = "--resident", description = "Id of a resident's account.")
        private @Nullable UUID residentId;

        @Option(names = "--partner", description = "Name of a partner's program.")
        private @Nullable String clientId;

        @Option(names = "--all", description = "Of everybody.")
        private boolean all;

        Future<Integer> end(SessionDesk desk, String reason, Instant now) {
            if (username != null) {
                return desk.endOfStaff(username, reason, now);
            }
            if (residentId != null) {
                return desk.endOfResident(residentId, reason, now);
            }
            return clientId != null ? desk.endOfPartner(clientId, reason, now) : desk.endAll(reason, now);
        }
    }

    @Override
    public Integer call() throws TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        var ended = Accounts.with(settings, identity -> whose.end(identity.sessionDesk(), reason, Instant.now()));
        System.out.println("Ended " + ended + " sessions");
        return 0;
    }
}
