package io.anju.cli;

import io.anju.identity.PartnerKey;
import io.anju.platform.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Adds a key to a partner's program, so that it can change over before the old one ends. */
@Command(
        name = "add-partner-key",
        description = "Add a public key to a partner's program; those that it has stay good until they end.",
        mixinStandardHelpOptions = true)
final class AddPartnerKeyCommand implements Callable<Integer> {
    @Option(names = "--client-id", required = true, description = "Name of the program.")
    private String clientId;

    @Option(names = "--key-file", required = true, description = "File with the public key as a JWK with a kid.")
    private Path keyFile;

    @Option(
            names = "--key-days",
            defaultValue = "365",
            description = "Days for which the key is good. [${DEFAULT-VALUE}]")
    private int keyDays;

    @Override
    public Integer call() throws IOException, TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        var key = PartnerKey.parse(Files.readString(keyFile));
        var now = Instant.now();
        var until = now.plus(Duration.ofDays(keyDays));
        Accounts.with(settings, identity -> identity.partners().addKey(clientId, key, until, now));
        System.out.println("The key is good until " + until);
        return 0;
    }
}
