package io.anju.cli;

import io.anju.identity.IdentityService;
import io.anju.identity.Partner;
import io.anju.identity.PartnerKey;
import io.anju.platform.config.Settings;
import io.anju.platform.http.Agency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an account for a partner agency's program. */
@Command(
        name = "add-partner",
        description =
                "Make an account for a partner agency's program, with its key or with a secret that is printed once.",
        mixinStandardHelpOptions = true)
final class AddPartnerCommand implements Callable<Integer> {
    @Option(names = "--client-id", required = true, description = "Name of the program.")
    private String clientId;

    @Option(names = "--city", required = true, description = "City of the agency, six digits (GB/T 2260).")
    private String cityCode;

    @Option(names = "--agency", required = true, description = "The agency's name in the city's policy documents.")
    private String agency;

    @Option(
            names = "--scopes",
            split = ",",
            defaultValue = "partner.verification",
            description = "What it may do. [${DEFAULT-VALUE}]")
    private Set<String> scopes;

    @Option(
            names = "--key-file",
            description = "File with the program's public key as a JWK with a kid; without it a secret is made.")
    private @Nullable Path keyFile;

    @Option(
            names = "--key-days",
            defaultValue = "365",
            description = "Days for which the key is good. [${DEFAULT-VALUE}]")
    private int keyDays;

    @Option(
            names = "--networks",
            split = ",",
            description = "Networks (CIDR) that the program comes from; without them any.")
    private List<String> networks = List.of();

    @Mixin
    private final PartnerTerms terms = new PartnerTerms();

    @Override
    public Integer call() throws IOException, TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        var now = Instant.now();
        var program = Partner.make(clientId, new Agency(cityCode, agency), scopes, networks, terms.agreed(), now);
        System.out.println(
                keyFile == null ? addWithSecret(settings, program, now) : addWithKey(settings, program, now));
        System.out.println("Made " + program.clientId() + " with the id " + program.id());
        return 0;
    }

    private String addWithKey(Settings settings, Partner program, Instant now) throws IOException, TimeoutException {
        var key = PartnerKey.parse(Files.readString(Objects.requireNonNull(keyFile)));
        var until = now.plus(Duration.ofDays(keyDays));
        Accounts.with(settings, identity -> identity.partners().create(program, key, until, now));
        return "Its key is good until " + until;
    }

    private static String addWithSecret(Settings settings, Partner program, Instant now) throws TimeoutException {
        var secret = IdentityService.newClientSecret();
        Accounts.with(settings, identity -> identity.partners().create(program, secret, now));
        return "Secret, kept nowhere else: " + secret;
    }
}
