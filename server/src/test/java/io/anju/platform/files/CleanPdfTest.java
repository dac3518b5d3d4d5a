package io.anju.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.files.CleanFile.Unclean;
import io.anju.testing.PlantedPdf;
import io.anju.testing.Seeds;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of a PDF is what its pages show. */
class CleanPdfTest {
    @Test
    void nothing_of_its_maker_is_found_in_it() throws IOException {
        var planted = PlantedPdf.of(2026);
        var before = PlantedPdf.everything(planted);
        assertThat(PlantedPdf.PLACES).allSatisfy(place -> assertThat(before).contains(PlantedPdf.MARK + "-" + place));
        assertThat(before).contains("D:2026");
        var clean = CleanPdf.of(planted);
        var after = PlantedPdf.everything(clean);
        assertThat(after)
                .doesNotContain(
                        PlantedPdf.MARK,
                        "D:20",
                        "/Info",
                        "/Metadata",
                        "/JavaScript",
                        "/Names",
                        "/Annots",
                        "Exif",
                        "xmp")
                .contains("Rent was charged twice");
        assertThat(Stream.of(after.split("%%EOF", -1))).as("one version").hasSize(2);
        try (var document = Loader.loadPDF(clean)) {
            assertThat(document.getDocumentCatalog().getCOSObject().keySet())
                    .extracting(COSName::getName)
                    .containsOnly("Type", "Pages", "Version");
        }
    }

    @Test
    void shows_what_it_showed_stamps_included() throws IOException {
        var planted = PlantedPdf.of(2026);
        var clean = picture(CleanPdf.of(planted));
        var before = picture(withoutNotes(planted));
        assertThat(new int[] {clean.getWidth(), clean.getHeight()})
                .containsExactly(before.getWidth(), before.getHeight());
        int other = 0;
        int red = 0;
        for (int x = 0; x < clean.getWidth(); x++) {
            for (int y = 0; y < clean.getHeight(); y++) {
                other += clean.getRGB(x, y) == before.getRGB(x, y) ? 0 : 1;
                red += (clean.getRGB(x, y) & 0xFFFFFF) == 0xFF0000 ? 1 : 0;
            }
        }
        // the edges of what is drawn over the page may differ by a shade
        assertThat(other).isLessThan(100);
        assertThat(red).isGreaterThan(500);
    }

    /** A note has a symbol of its own in each program, and no appearance in the file. */
    private static byte[] withoutNotes(byte[] pdf) throws IOException {
        return changed(pdf, document -> {
            try {
                var annotations = document.getPage(0).getAnnotations();
                annotations.removeIf(one -> one.getSubtype().equals("Text"));
                document.getPage(0).setAnnotations(annotations);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void the_same_pages_make_the_same_bytes() {
        assertThat(CleanPdf.of(PlantedPdf.of(2026))).isEqualTo(CleanPdf.of(PlantedPdf.of(2019)));
    }

    @Test
    void what_is_clean_stays_as_it_is() {
        var clean = CleanPdf.of(PlantedPdf.of(2026));
        assertThat(PlantedPdf.everything(CleanPdf.of(clean))).contains("Rent was charged twice");
    }

    static Stream<Arguments> traps() throws IOException {
        var flate = "/Filter/FlateDecode";
        var twice = "/Filter[/FlateDecode/FlateDecode]";
        var small = packed(OBJECTS);
        var rows = "/DecodeParms<</Predictor 12/Columns 2000000000>>";
        return Stream.of(
                Arguments.of("too many pages", pages(501)),
                Arguments.of("no page", pages(0)),
                Arguments.of("locked", locked()),
                Arguments.of("has hidden layers", changed(PlantedPdf.of(2026), CleanPdfTest::hideLayer)),
                Arguments.of("objects unpack to too much", objects(flate, packed(OBJECTS + " ".repeat(80 << 20)))),
                Arguments.of("objects in another packing", objects(twice, packed(small))),
                Arguments.of("objects in another packing", objects("/Filter/LZWDecode", small)),
                Arguments.of("objects do not unpack", objects(flate, new byte[] {0x78, (byte) 0x9c, 7, 7, 7, 7})),
                Arguments.of("too large", objects(flate + rows, small)),
                Arguments.of("too many objects", objects(flate + "/Index[0 2000000000]", small)),
                Arguments.of("too many objects", objects(flate + "/N 2000000000", small)),
                Arguments.of("unpacks to too much", page(flate, packed(new byte[80 << 20]))),
                Arguments.of("unpacks to too much", page(twice, packed(packed(new byte[80 << 20])))),
                Arguments.of("packed too often", page("/Filter[" + "/FlateDecode".repeat(5) + "]", small)),
                Arguments.of("too large", page(flate + rows, small)),
                Arguments.of("a packing that is not taken", page("/Filter/JPXDecode", small)),
                Arguments.of("a packing that is not taken", page("/Filter/DCTDecode", small)),
                Arguments.of("too much is drawn", page(flate, packed("0 g ".repeat(2_500_000)))),
                Arguments.of("too much is drawn", page(flate, packed("0 ".repeat(20_000)))),
                Arguments.of("too deep", page(flate, packed("[".repeat(2_000_000)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("traps")
    void traps_are_refused(String why, byte[] trap) {
        assertThatThrownBy(() -> CleanPdf.of(trap)).isInstanceOf(Unclean.class).hasMessage(why);
        assertThat(CleanFile.of(trap)).isEmpty();
    }

    /** The same documents without a trap. */
    @Test
    void what_is_built_alike_and_harmless_is_taken() {
        assertThat(CleanFile.of(objects("/Filter/FlateDecode", packed(OBJECTS))))
                .isPresent();
        assertThat(CleanFile.of(objects("/Filter[/FlateDecode]", packed(OBJECTS))))
                .isPresent();
        assertThat(CleanFile.of(page("/Filter/FlateDecode", packed("0 g 1 1 5 5 re f"))))
                .isPresent();
    }

    /** They name who made them, and the day. */
    @Test
    void colour_profiles_stay_behind() {
        var drawn = "/CS0 cs 1 0 0 sc 1 1 5 5 re f";
        var profile = PlantedPdf.MARK + " profile";
        var clean = CleanPdf.of(file(
                "<</Type/Catalog/Pages 2 0 R>>",
                "<</Type/Pages/Count 1/Kids[3 0 R]>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
                        + "/Resources<</ColorSpace<</CS0[/ICCBased 5 0 R]>>>>>>",
                "<</Length " + drawn.length() + ">>stream\n" + drawn + "\nendstream",
                "<</N 3/Length " + profile.length() + ">>stream\n" + profile + "\nendstream"));
        assertThat(PlantedPdf.everything(clean))
                .contains("/CS0 cs", "DeviceRGB")
                .doesNotContain(PlantedPdf.MARK, "ICCBased");
    }

    @Test
    void pages_in_a_circle_and_archives_at_the_end_are_refused() {
        assertThat(CleanFile.of(file("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>")))
                .isEmpty();
        assertThat(CleanFile.of(join(PlantedPdf.of(2026), ascii("PK\005\006"), new byte[18], ascii("\n%%EOF"))))
                .isEmpty();
    }

    @Test
    void one_that_takes_too_long_is_refused() {
        assertThatThrownBy(() -> CleanPdf.of(PlantedPdf.of(2026), Duration.ZERO))
                .isInstanceOf(Unclean.class)
                .hasMessage("takes too long");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatever_is_broken_is_refused_or_cleaned_and_nothing_fails(int half) throws IOException {
        var whole = half == 1 ? PlantedPdf.of(2026) : pages(2);
        long seed = Seeds.of(CleanPdfTest.class);
        var random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            var bytes = whole.clone();
            for (int i = 0; i < 1 + round / 4; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            assertThat(CleanFile.of(bytes))
                    .as("seed " + seed)
                    .satisfiesAnyOf(
                            refused -> assertThat(refused).isEmpty(),
                            clean -> assertThat(PlantedPdf.everything(
                                            clean.orElseThrow().bytes()))
                                    .doesNotContain("/Info", PlantedPdf.MARK + "-author"));
            assertThat(CleanFile.of(Arrays.copyOf(whole, random.nextInt(whole.length - 8))))
                    .isEmpty();
        }
    }

    private static BufferedImage picture(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            return new PDFRenderer(document).renderImage(0);
        }
    }

    private static byte[] changed(byte[] pdf, Consumer<PDDocument> change) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            change.accept(document);
            return saved(document);
        }
    }

    private static byte[] saved(PDDocument document) throws IOException {
        var out = new ByteArrayOutputStream();
        document.save(out);
        return out.toByteArray();
    }

    private static byte[] pages(int count) throws IOException {
        try (var document = new PDDocument()) {
            for (int i = 0; i < count; i++) {
                document.addPage(new PDPage());
            }
            return saved(document);
        }
    }

    private static byte[] locked() throws IOException {
        try (var document = new PDDocument()) {
            document.addPage(new PDPage());
            document.protect(new StandardProtectionPolicy("owner", "", new AccessPermission()));
            return saved(document);
        }
    }

    private static void hideLayer(PDDocument document) {
        var off = new COSArray();
        off.add(new COSDictionary());
        var shown = new COSDictionary();
        shown.setItem(COSName.OFF, off);
        var layers = new COSDictionary();
        layers.setItem(COSName.D, shown);
        document.getDocumentCatalog().getCOSObject().setItem(COSName.getPDFName("OCProperties"), layers);
    }

    /** Catalog, pages and page, as a stream holds them. */
    private static final String OBJECTS = "1 0 2 30 3 70 "
            + "%-30s%-40s%s"
                    .formatted(
                            "<</Type/Catalog/Pages 2 0 R>>",
                            "<</Type/Pages/Count 1/Kids[3 0 R]>>",
                            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>");

    /** A document whose objects are in a stream of this kind. */
    private static byte[] objects(String kind, byte[] packed) {
        var head = join(
                ascii("%PDF-1.5\n4 0 obj<</Type/ObjStm/N 3/First 14/Length " + packed.length + kind + ">>stream\n"),
                packed,
                ascii("\nendstream endobj\n"));
        var table = ByteBuffer.allocate(6 * 7);
        int[][] rows = {{0, 0, 0}, {2, 4, 0}, {2, 4, 1}, {2, 4, 2}, {1, 9, 0}, {1, head.length, 0}};
        for (var row : rows) {
            table.put((byte) row[0]).putInt(row[1]).putShort((short) row[2]);
        }
        return join(
                head,
                ascii("5 0 obj<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length 42>>stream\n"),
                table.array(),
                ascii("\nendstream endobj\nstartxref\n" + head.length + "\n%%EOF\n"));
    }

    /** A document whose page is drawn by a stream of this kind. */
    private static byte[] page(String kind, byte[] packed) {
        return file(
                "<</Type/Catalog/Pages 2 0 R>>",
                "<</Type/Pages/Count 1/Kids[3 0 R]>>",
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
                "<</Length " + packed.length + kind + ">>stream\n" + new String(packed, StandardCharsets.ISO_8859_1)
                        + "\nendstream");
    }

    private static byte[] file(String... objects) {
        var text = new StringBuilder("%PDF-1.4\n");
        var table = new StringBuilder("xref\n0 " + (objects.length + 1) + "\n0000000000 65535 f \n");
        for (int i = 0; i < objects.length; i++) {
            table.append("%010d 00000 n \n".formatted(text.length()));
            text.append(i + 1).append(" 0 obj").append(objects[i]).append("\nendobj\n");
        }
        int at = text.length();
        return ascii(text.append(table)
                .append("trailer<</Root 1 0 R/Size ")
                .append(objects.length + 1)
                .append(">>\nstartxref\n")
                .append(at)
                .append("\n%%EOF\n")
                .toString());
    }

    private static byte[] packed(String text) {
        return packed(ascii(text));
    }

    private static byte[] packed(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(out)) {
            deflater.write(plain);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        Stream.of(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }
}
