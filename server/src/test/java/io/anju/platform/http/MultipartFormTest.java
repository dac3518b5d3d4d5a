package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.anju.platform.http.MultipartForm.Unreadable;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MultipartFormTest {
    private static final String TYPE = "multipart/form-data; boundary=b";
    private static final String FORM = field("kind", "户口本")
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"本.png\"\r\nContent-Type: image/png\r\n\r\n"
            + "one\r\ntwo\r\r\n--b--\r\n";
    private static final long SEED = 20260304;

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static MultipartForm read(String form) throws Unreadable {
        return MultipartForm.of(TYPE, Buffer.buffer(form));
    }

    @Test
    void gives_fields_and_files_to_the_byte() throws Unreadable {
        var form = read(FORM);

        assertThat(form.fields()).containsOnly(entry("kind", "户口本"));
        assertThat(form.files()).hasSize(1);
        var file = form.files().get(0);
        assertThat(file.fileName()).isEqualTo("本.png");
        assertThat(file.mediaType()).isEqualTo("image/png");
        assertThat(file.content().toString()).isEqualTo("one\r\ntwo\r");
    }

    @Test
    void leaves_out_a_file_that_was_cut_off() throws Unreadable {
        assertThat(read(FORM.substring(0, FORM.indexOf("two"))).files()).isEmpty();
    }

    @Test
    void refuses_more_or_longer_fields_than_any_operation_takes() throws Unreadable {
        assertThat(read(field("a", "x".repeat(4096)) + "--b--\r\n").fields()).hasSize(1);
        assertThatThrownBy(() -> read(field("a", "x".repeat(4097)) + "--b--\r\n"))
                .isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> read(field("a", "x").repeat(17) + "--b--\r\n")).isInstanceOf(Unreadable.class);
    }

    @Test
    void reads_or_refuses_whatever_comes() {
        var random = new Random(SEED);
        var form = FORM.getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            var changed = Arrays.copyOf(form, random.nextInt(4) == 0 ? random.nextInt(form.length) + 1 : form.length);
            for (int change = random.nextInt(4); change >= 0; change--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                MultipartForm.of(TYPE, Buffer.buffer(changed));
            } catch (Unreadable e) {
                refused++;
            }
        }
        assertThat(refused).as("seed " + SEED).isPositive();
    }
}
