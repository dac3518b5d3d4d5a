package io.anju.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whoever checks a list needs no more memory for a long one: the command reads row after row. The file is longer than the
 * whole heap; {@code -Danju.lines=1000000} tries it on a city of that size.
 */
class VerifierHeapIT {
    private static final int LINES = Integer.getInteger("anju.lines", 60_000);
    private static final int HEAP_MIB = 16;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @EnumSource(Form.class)
    void a_list_longer_than_the_heap_is_verified_and_a_changed_byte_at_its_end_is_found(Form form) throws Exception {
        var file = folder.resolve("list." + form.extension());
        var bytes = Publications.file(form, Publications.rows(new Random(7), LINES));
        Files.write(file, bytes);
        if (form == Form.JSON) {
            assertThat(Files.size(file)).isGreaterThan((long) HEAP_MIB << 20);
        }
        assertThat(verify(file)).as("sound").isZero();
        // a digit of the last row's fingerprint
        int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("2025-01-01T00") + 60;
        bytes[at] = (byte) (bytes[at] == '0' ? '1' : '0');
        Files.write(file, bytes);
        assertThat(verify(file)).as("tampered").isEqualTo(1);
    }

    private int verify(Path file) throws IOException, InterruptedException {
        var log = folder.resolve("verify.log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MIB + "m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.anju.Main",
                        "verify",
                        "publication",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(log)).doesNotContain("OutOfMemory");
        return process.exitValue();
    }
}
