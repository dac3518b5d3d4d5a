package io.anju.cli;

import io.anju.bench.Bench;
import io.anju.platform.config.InvalidSettings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** All commands. A new one is a class beside this one and a name in the list. */
@Command(
        name = "anju",
        description = "Anju (安居): the service of a city's affordable-housing authority.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            GenerateCityCommand.class,
            RegisterImportCommand.class,
            MigrateCommand.class,
            NewKeyCommand.class,
            RotateKeysCommand.class,
            AddStaffCommand.class,
            AddPartnerCommand.class,
            AddPartnerKeyCommand.class,
            PartnerCommand.class,
            RemoveTotpCommand.class,
            EndSessionsCommand.class,
            RetentionCommand.class,
            VerifyCommand.class,
            VerifyAuditCommand.class,
            VerifyLedgerCommand.class,
            PolicyCommand.class,
            Bench.class,
        })
public final class AnjuCommand implements Runnable {
    private static final int EXIT_FAILURE = 1;
    private static final int EXIT_USAGE = 2;

    @Spec
    private CommandSpec spec;

    /** Runs the command named by the arguments; gives the exit code. */
    public static int run(String... args) {
        return commandLine().execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new AnjuCommand())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler(AnjuCommand::report);
    }

    /** What an operator can act on is a sentence; anything else is a bug and shows where it happened. */
    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        var err = command.getErr();
        if (failure instanceof InvalidSettings) {
            err.println("These settings cannot be used:");
            err.println(failure.getMessage());
            return EXIT_USAGE;
        }
        err.println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            err.println("  because: " + cause);
        }
        if (System.getenv("ANJU_DEBUG") != null) {
            failure.printStackTrace(err);
        }
        return EXIT_FAILURE;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a command.");
    }
}
