package io.anju.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.platform.json.PlainJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to get into a synthetic city: who can log in and how. Kept beside the city, because passwords cannot be read back.
 *
 * @param residentPhone of a household on the waiting list; none in a city that is too small to have one
 * @param residentReceiptNumber of that household
 * @param tenantPhone of a pensioner with a lease who pays
 * @param debtorPhone of a household with a lease that owes the last months
 * @param staff members of staff, all with {@code password}
 */
public record CityGuide(
        long seed,
        int households,
        @Nullable String residentPhone,
        @Nullable String residentReceiptNumber,
        @Nullable String tenantPhone,
        @Nullable String debtorPhone,
        List<LogIn> staff,
        String password,
        String agency,
        String clientId,
        String clientSecret) {
    private static final ObjectMapper JSON = PlainJson.mapper();

    public CityGuide {
        staff = List.copyOf(staff);
    }

    /** A user name and whose it is. */
    public record LogIn(String title, String username) {}

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
    }

    static CityGuide read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), CityGuide.class);
    }
}
