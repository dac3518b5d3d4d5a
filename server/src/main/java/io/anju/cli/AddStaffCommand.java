package io.anju.cli;

import io.anju.identity.NationalId;
import io.anju.identity.Role;
import io.anju.identity.StaffDesk;
import io.anju.platform.config.Settings;
import io.anju.platform.http.Office;
import io.anju.platform.time.Shanghai;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes an account for a member of staff. */
@Command(
        name = "add-staff",
        description = "Make an account for a member of staff of an office.",
        mixinStandardHelpOptions = true)
final class AddStaffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--username", required = true, description = "Name to log in with.")
    private String username;

    @Option(names = "--name", required = true, description = "Name shown to colleagues.")
    private String displayName;

    @Option(names = "--city", required = true, description = "City of the office, six digits (GB/T 2260).")
    private String cityCode;

    @Option(
            names = "--level",
            required = true,
            description = "Level of the office: community, street, civil-affairs, district or city.")
    private String level;

    @Option(
            names = "--area",
            required = true,
            description =
                    "Area in the office's charge: 12 digits for a community, 9 for a street, 6 for a district, 4 for a"
                            + " city.")
    private String areaCode;

    @Option(names = "--office", required = true, description = "Name of the office, as residents see it.")
    private String officeName;

    @Option(names = "--roles", required = true, split = ",", description = "Of ${COMPLETION-CANDIDATES}.")
    private Set<Role> roles;

    @Option(
            names = "--password-file",
            description =
                    "File with the password that the person chose; without it one is made that is good once, for a day.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--national-id-file",
            description =
                    "File with the person's national ID: the account then cannot work on its own household's case.")
    private @Nullable Path nationalIdFile;

    @Override
    public Integer call() throws IOException, TimeoutException {
        var settings = Settings.read();
        LogSetup.apply(settings.logging());
        var person = new StaffDesk.NewStaff(
                username, displayName, new Office(cityCode, level, areaCode, officeName), roles, nationalId());
        if (passwordFile != null) {
            var password = Files.readString(passwordFile).strip();
            var staff = Accounts.with(settings, identity -> identity.staff().create(person, password, Instant.now()));
            System.out.println("Made " + staff.username() + " with the id " + staff.id());
            return 0;
        }
        var opened = Accounts.with(settings, identity -> identity.staff().open(person, Instant.now()));
        System.out.println("Made " + opened.staff().username() + " with the id "
                + opened.staff().id());
        System.out.println("Password, good once within a day, to choose another with: " + opened.password());
        return 0;
    }

    private @Nullable NationalId nationalId() throws IOException {
        if (nationalIdFile == null) {
            return null;
        }
        var text = Files.readString(nationalIdFile).strip();
        if (NationalId.check(text, Shanghai.date(Instant.now())).isPresent()) {
            throw new ParameterException(spec.commandLine(), "The file holds no valid national ID.");
        }
        return NationalId.parse(text);
    }
}
