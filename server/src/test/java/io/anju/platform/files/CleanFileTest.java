package io.anju.platform.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.PlantedPdf;
import io.anju.testing.Seeds;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a file is the picture, and nothing is kept of a file that is more than one thing. */
class CleanFileTest {
    private static final String SECRET = "GPS 36.0671N 120.3826E";

    @ParameterizedTest
    @ValueSource(ints = {0xE1, 0xE2, 0xED, 0xEF, 0xFE})
    void removes_from_a_jpeg_everything_but_the_picture(int marker) throws IOException {
        var clean = clean(jpegWith(marker, SECRET));
        assertThat(text(clean)).doesNotContain("GPS");
        assertSamePicture(clean, picture("jpeg"));
    }

    @Test
    void removes_from_a_png_everything_but_the_picture() throws IOException {
        for (var name : new String[] {"tEXt", "iTXt", "zTXt", "eXIf", "tIME", "iCCP", "prVt"}) {
            var clean = clean(pngWith(name, SECRET.getBytes(StandardCharsets.US_ASCII)));
            assertThat(text(clean)).as(name).doesNotContain("GPS", name);
            assertSamePicture(clean, picture("png"));
        }
    }

    @Test
    void removes_from_a_webp_profile_exif_and_xmp() {
        var picture = webpChunk("VP8L", new byte[] {0x2f, 0, 0, 0, 0, 1, 2, 3});
        var header = new byte[10];
        header[0] = 0x2C;
        var clean = clean(webp(
                webpChunk("VP8X", header),
                webpChunk("ICCP", SECRET.getBytes(StandardCharsets.US_ASCII)),
                picture,
                webpChunk("EXIF", SECRET.getBytes(StandardCharsets.US_ASCII)),
                webpChunk("XMP ", SECRET.getBytes(StandardCharsets.US_ASCII))));
        assertThat(text(clean)).doesNotContain("GPS", "EXIF", "XMP", "ICCP").contains("VP8X", "VP8L");
        assertThat(ByteBuffer.wrap(clean).order(ByteOrder.LITTLE_ENDIAN).getInt(4))
                .isEqualTo(clean.length - 8);
        assertThat(clean[20]).isZero();
        assertThat(CleanFile.of(webp(webpChunk("ANMF", new byte[20]), picture))).isEmpty();
    }

    @Test
    void cuts_off_what_stands_after_the_picture() throws IOException {
        var jpeg = join(picture("jpeg"), SECRET.getBytes(StandardCharsets.US_ASCII));
        assertThat(clean(jpeg)).isEqualTo(clean(picture("jpeg")));
        var png = join(picture("png"), new byte[4_000]);
        assertThat(clean(png)).isEqualTo(clean(picture("png")));
    }

    @Test
    void refuses_a_file_that_is_also_another_one() throws IOException {
        var zip = zip();
        for (var format : new String[] {"jpeg", "png"}) {
            assertThat(CleanFile.of(join(picture(format), zip))).as(format).isEmpty();
            assertThat(CleanFile.of(join(picture(format), pdf()))).as(format).isEmpty();
            assertThat(CleanFile.of(join(picture(format), "<script>x</script>".getBytes(StandardCharsets.US_ASCII))))
                    .isEmpty();
        }
        assertThat(CleanFile.of(join(pdf(), zip))).isEmpty();
        assertThat(CleanFile.of(join("GIF89a".getBytes(StandardCharsets.US_ASCII), pdf())))
                .isEmpty();
        assertThat(CleanFile.of(pdf())).isPresent();
    }

    @Test
    void refuses_archives_programs_and_pages_whatever_they_are_called() throws IOException {
        assertThat(CleanFile.of(zip())).isEmpty();
        assertThat(CleanFile.of("MZ\220\0".getBytes(StandardCharsets.ISO_8859_1)))
                .isEmpty();
        assertThat(CleanFile.of("<html></html>".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
        assertThat(CleanFile.of(new byte[0])).isEmpty();
    }

    @Test
    void refuses_a_png_that_unpacks_to_more_than_it_says() throws IOException {
        // some kilobytes that unpack to 64 MiB, in a picture of 16 × 12
        assertThat(CleanFile.of(pngOf(16, 12, packed(64 << 20)))).isEmpty();
        assertThat(CleanFile.of(pngOf(16, 12, packed(12 * (1 + 16 * 3))))).isPresent();
        assertThat(CleanFile.of(pngOf(100_000, 100_000, packed(1_000)))).isEmpty();
        assertThat(CleanFile.of(pngOf(0, 12, packed(1_000)))).isEmpty();
    }

    @Test
    void refuses_a_png_whose_sums_do_not_agree() throws IOException {
        var broken = picture("png");
        broken[broken.length - 20] ^= 1;
        assertThat(CleanFile.of(broken)).isEmpty();
    }

    @Test
    void refuses_pictures_that_are_cut_short_and_never_fails() throws IOException {
        for (var format : new String[] {"jpeg", "png"}) {
            var whole = picture(format);
            for (int length = 0; length < whole.length; length++) {
                assertThat(CleanFile.of(Arrays.copyOf(whole, length)))
                        .as(format + " " + length)
                        .isEmpty();
            }
        }
        long seed = Seeds.of(CleanFileTest.class);
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            var bytes = picture(round % 2 == 0 ? "jpeg" : "png");
            for (int i = 0; i < 4; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            // whatever comes out: no exception but a clean answer
            assertThat(CleanFile.of(bytes)).as("seed " + seed).isNotNull();
        }
    }

    private static byte[] clean(byte[] file) {
        return CleanFile.of(file)
                .orElseThrow(() -> new AssertionError("refused"))
                .bytes();
    }

    private static byte[] picture(String format) throws IOException {
        var image = new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 16; x++) {
            image.setRGB(x, x % 12, 0x3366FF + x * 7);
        }
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    private static void assertSamePicture(byte[] one, byte[] other) throws IOException {
        var left = ImageIO.read(new ByteArrayInputStream(one));
        var right = ImageIO.read(new ByteArrayInputStream(other));
        assertThat(left.getWidth()).isEqualTo(right.getWidth());
        for (int x = 0; x < left.getWidth(); x++) {
            for (int y = 0; y < left.getHeight(); y++) {
                assertThat(left.getRGB(x, y)).isEqualTo(right.getRGB(x, y));
            }
        }
    }

    private static byte[] jpegWith(int marker, String text) throws IOException {
        var jpeg = picture("jpeg");
        var segment = ByteBuffer.allocate(4 + text.length())
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (2 + text.length()))
                .put(text.getBytes(StandardCharsets.US_ASCII))
                .array();
        return join(Arrays.copyOf(jpeg, 2), segment, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    private static byte[] pngWith(String name, byte[] content) throws IOException {
        var png = picture("png");
        int afterHeader = 8 + 25;
        return join(
                Arrays.copyOf(png, afterHeader),
                chunk(name, content),
                Arrays.copyOfRange(png, afterHeader, png.length));
    }

    private static byte[] pngOf(int width, int height, byte[] packed) {
        var header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        return join(
                new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
                chunk("IHDR", header),
                chunk("IDAT", packed),
                chunk("IEND", new byte[0]));
    }

    private static byte[] chunk(String name, byte[] content) {
        var named = join(name.getBytes(StandardCharsets.US_ASCII), content);
        var sum = new CRC32();
        sum.update(named);
        return ByteBuffer.allocate(named.length + 8)
                .putInt(content.length)
                .put(named)
                .putInt((int) sum.getValue())
                .array();
    }

    private static byte[] packed(int size) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out)) {
            deflater.write(new byte[size]);
        }
        return out.toByteArray();
    }

    private static byte[] webp(byte[]... chunks) {
        var body = join(chunks);
        return ByteBuffer.allocate(12 + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(body.length + 4)
                .put("WEBP".getBytes(StandardCharsets.US_ASCII))
                .put(body)
                .array();
    }

    private static byte[] webpChunk(String name, byte[] content) {
        return ByteBuffer.allocate(8 + content.length + content.length % 2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] pdf() {
        return PlantedPdf.of(2026);
    }

    private static byte[] zip() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("x.txt"));
            zip.write(SECRET.getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        Stream.of(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
