package io.anju.cli;

import io.anju.identity.Partner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What was agreed with an agency, as options of the commands that take it. */
final class PartnerTerms {
    @Option(
            names = "--purpose",
            description = "What the data is for; kept in the audit with whatever the program does.")
    private @Nullable String purpose;

    @Option(
            names = "--requests-per-minute",
            description = "What the program may send; as the setting says where it is left out.")
    private @Nullable Integer requestsPerMinute;

    Partner.Terms agreed() {
        return new Partner.Terms(purpose, requestsPerMinute);
    }
}
