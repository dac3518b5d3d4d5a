package io.anju.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What anyone can check without a server. */
@Command(
        name = "verify",
        description = "Check what the authority has published, without asking any server.",
        mixinStandardHelpOptions = true,
        subcommands = VerifyPublicationCommand.class)
final class VerifyCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to verify.");
    }
}
