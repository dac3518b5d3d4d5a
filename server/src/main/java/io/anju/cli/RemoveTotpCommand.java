package io.anju.cli;

import io.anju.platform.config.Settings;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Removes the authenticator app of a member of staff who lost it. */
@Command(
        name = "remove-totp",
        description = "Remove the authenticator app of a member of staff who lost it; ends the account's sessions.",
        mixinStandardHelpOptions = true)
final class RemoveTotpCommand implements Callable<Integer> {
    @Option(names = "--username", required = true, description = "Whose app it was.")
    private String username;

    @Option(
            names = "--reason",
            required = true,
            description = "Who asked, how they proved who they are, and who approved; kept in the audit.")
    private String reason;

    @Override
    public Integer call() throws TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        var removed = Accounts.with(settings, identity -> identity.staff().removeTotp(username, reason, Instant.now()));
        System.out.println(removed ? "Removed the app of " + username : username + " had no app");
        return 0;
    }
}
