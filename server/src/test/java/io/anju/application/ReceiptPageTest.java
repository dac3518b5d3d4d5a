package io.anju.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import io.anju.api.model.Receipt;
import io.anju.api.model.ReceiptSignature;
import io.anju.platform.http.Language;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReceiptPageTest {
    private static final int SCALE = 8;

    @Test
    void the_qr_code_reads_back_as_the_receipt_number() throws Exception {
        var svg = ReceiptPage.qrCode("370200-2026-0000123-U");

        assertThat(decode(svg)).isEqualTo("370200-2026-0000123-U");
    }

    @Test
    void the_page_shows_shanghai_time_and_escapes_what_it_shows() {
        var page = ReceiptPage.of(receipt("<王**"), Language.ZH_CN);

        assertThat(page).contains("2026-03-04 09:00:00", "&lt;王**", "受理编号").doesNotContain("<王");
        assertThat(ReceiptPage.of(receipt("王**"), Language.EN)).contains("Receipt number", "lang=\"en\"");
    }

    private static Receipt receipt(String name) {
        return new Receipt(
                UUID.randomUUID(),
                "370200-2026-0000123-U",
                "370200",
                "public-rental",
                "公共租赁住房",
                name,
                2,
                Instant.parse("2026-03-04T01:00:00Z"),
                "0".repeat(64),
                "1".repeat(64),
                1,
                new ReceiptSignature("a1b2c3d4", "Ed25519", "text", "value"));
    }

    /** Paints the path's unit squares and lets a reader look at them. */
    private static String decode(String svg) throws Exception {
        var box = Pattern.compile("viewBox=\"0 0 (\\d+) \\d+\"").matcher(svg);
        assertThat(box.find()).isTrue();
        int size = Integer.parseInt(box.group(1)) * SCALE;
        var pixels = new int[size * size];
        Arrays.fill(pixels, 0xFFFFFF);
        var square = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
        while (square.find()) {
            paint(pixels, size, Integer.parseInt(square.group(1)), Integer.parseInt(square.group(2)));
        }
        var source = new RGBLuminanceSource(size, size, pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }

    private static void paint(int[] pixels, int size, int x, int y) {
        for (int row = y * SCALE; row < (y + 1) * SCALE; row++) {
            Arrays.fill(pixels, row * size + x * SCALE, row * size + (x + 1) * SCALE, 0);
        }
    }
}
