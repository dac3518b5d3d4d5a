package io.anju.platform.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentTypeTest {
    @ParameterizedTest
    @CsvSource({
        "255044462d312e370a, application/pdf",
        "ffd8ffe000104a46494600010100, image/jpeg",
        "89504e470d0a1a0a0000000d49484452, image/png",
        "524946462400000057454250565038 20, image/webp",
        "00000018667479706865696300000000, image/heic",
    })
    void recognises_what_is_taken(String start, String type) {
        assertThat(DocumentType.of(bytes(start))).contains(type);
    }

    @ParameterizedTest
    @CsvSource({
        "4d5a90000300000004000000ffff0000, an executable for Windows",
        "7f454c46020101000000000000000000, an executable for Linux",
        "504b0304140000000800, an archive",
        "3c68746d6c3e3c7363726970743e, a page with a script",
        "474946383961, a GIF",
    })
    void takes_nothing_else(String start, String what) {
        assertThat(DocumentType.of(bytes(start))).as(what).isEmpty();
    }

    @Test
    void an_svg_with_a_script_is_no_image() {
        var svg = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>";

        assertThat(DocumentType.of(svg.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static byte[] bytes(String start) {
        return Arrays.copyOf(HexFormat.of().parseHex(start.replace(" ", "")), 512);
    }
}
