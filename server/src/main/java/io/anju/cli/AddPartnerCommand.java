package io.anju.cli;

import io.anju.identity.IdentityService;
import io.anju.platform.config.Settings;
import io.anju.platform.http.Agency;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes an account for a partner agency's program. */
@Command(
        name = "add-partner",
        description = "Make an account for a partner agency's program; prints its secret, once.",
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

    @Override
    public Integer call() throws TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        var secret = IdentityService.newClientSecret();
        var partner = Accounts.with(
                settings,
                identity ->
                        identity.createPartner(clientId, secret, new Agency(cityCode, agency), scopes, Instant.now()));
        System.out.println("Made " + partner.clientId() + " with the id " + partner.id());
        System.out.println("Secret, kept nowhere else: " + secret);
        return 0;
    }
}
