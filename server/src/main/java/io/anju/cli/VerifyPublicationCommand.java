package io.anju.cli;

import io.anju.publication.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Recomputes order and root of a downloaded publication. */
@Command(
        name = "publication",
        description = {
            "Check a downloaded publication of a waiting list, CSV or JSON: the signature, the order of the rows, and the"
                    + " root over them.",
            "Exit code: 0 it is sound, 1 a fault was found, 2 it could not be checked."
        },
        mixinStandardHelpOptions = true)
final class VerifyPublicationCommand implements Callable<Integer> {
    private static final int SOUND = 0;
    private static final int FAULT = 1;
    private static final int UNCHECKED = 2;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The downloaded file.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--key",
            paramLabel = "HEX",
            description = "The authority's public key, learned elsewhere; without it the key in the file is believed.")
    private @Nullable String key;

    @Option(names = "--line", paramLabel = "RECEIPT", description = "Show the row of this receipt number.")
    private @Nullable String receiptNumber;

    @Option(
            names = "--proof",
            paramLabel = "FILE",
            description = "The saved answer of getMyProof; checks that the row of --line is this household's.")
    private @Nullable Path proof;

    @Override
    public Integer call() {
        if (proof != null && receiptNumber == null) {
            spec.commandLine().getErr().println("--proof needs --line.");
            return UNCHECKED;
        }
        try {
            return check();
        } catch (IOException e) {
            spec.commandLine().getErr().println("Cannot read: " + e.getMessage());
            return UNCHECKED;
        }
    }

    private int check() throws IOException {
        try (var in = Files.newInputStream(file)) {
            var report = Verifier.verify(in, key, receiptNumber);
            return report.holds() ? sound(report) : fault(place(report) + report.fault());
        }
    }

    private static String place(Verifier.Report report) {
        return report.line() == 0 ? "" : "line " + report.line() + ": ";
    }

    private int sound(Verifier.Report report) throws IOException {
        say("Publication " + report.period() + " with " + report.total() + " households");
        say("Root " + report.root());
        say("Key  " + report.keyId() + " " + report.publicKey()
                + (key == null ? " (from the file: hold it against the authority's)" : " (the trusted one)"));
        var fault = receiptNumber == null ? Optional.<String>empty() : line(report);
        if (fault.isPresent()) {
            return fault(fault.get());
        }
        say("The publication is sound: signature, order and root agree.");
        return SOUND;
    }

    /** Shows the row that was asked for and checks its proof; gives what is wrong. */
    private Optional<String> line(Verifier.Report report) throws IOException {
        var row = report.row();
        if (row == null) {
            return Optional.of("no row has the receipt number " + receiptNumber);
        }
        say("Row  " + row);
        if (proof == null) {
            return Optional.empty();
        }
        var fault = Verifier.checkProof(Files.readAllBytes(proof), report.root(), row);
        if (fault.isEmpty()) {
            say("The row is that of the proof's household, and lies under the root.");
        }
        return fault;
    }

    private int fault(String what) {
        say("FAULT " + what);
        return FAULT;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
    }
}
