package io.anju.platform.paper;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.paper.Paper.Column;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class PaperTest {
    private static final List<Column> TWO = List.of(new Column(60, false), new Column(40, true));

    private static String text(Consumer<Paper> content) throws IOException {
        try (var document = Loader.loadPDF(Paper.write("标题", content))) {
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void a_long_table_goes_over_pages_and_loses_no_row() throws IOException {
        var bytes = Paper.write(
                "标题",
                paper -> IntStream.range(0, 200).forEach(i -> paper.row(Paper.PLAIN, TWO, "第" + i + "项", i + ".00")));
        try (var document = Loader.loadPDF(bytes)) {
            var pages = document.getNumberOfPages();
            assertThat(pages).isGreaterThan(3);
            var text = new PDFTextStripper().getText(document);
            assertThat(text).contains("第 " + pages + " 页，共 " + pages + " 页");
            assertThat(IntStream.range(0, 200)).allMatch(i -> text.contains("第" + i + "项 " + i + ".00"));
            assertThat(bytes.length).as("only what is used is embedded").isLessThan(100_000);
            assertThat(fonts(document)).allMatch(PDFont::isEmbedded);
        }
    }

    private static List<PDFont> fonts(PDDocument document) {
        return StreamSupport.stream(document.getPages().spliterator(), false)
                .flatMap(page -> StreamSupport.stream(
                                page.getResources().getFontNames().spliterator(), false)
                        .map(name -> font(page.getResources(), name)))
                .toList();
    }

    private static PDFont font(org.apache.pdfbox.pdmodel.PDResources resources, org.apache.pdfbox.cos.COSName name) {
        try {
            return resources.getFont(name);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_text_that_is_too_long_goes_on_in_the_next_line() throws IOException {
        var long_ = "青岛市保障性租赁住房".repeat(20);
        assertThat(text(paper -> paper.line(Paper.PLAIN, long_)).replaceAll("\\s", ""))
                .startsWith(long_);
    }

    @Test
    void what_could_be_taken_for_operators_of_the_format_is_only_text() throws IOException {
        var nasty = "(a) Tj ET \\) <</JS (x)>> %";
        assertThat(text(paper -> paper.line(Paper.PLAIN, nasty))).contains(nasty);
    }

    @Test
    void a_character_without_a_glyph_leaves_a_mark_and_control_characters_a_space() throws IOException {
        assertThat(text(paper -> paper.line(Paper.PLAIN, "前\uD840\uDC00后\n\u0007尾")))
                .contains("前〓后");
    }

    @Test
    void the_same_content_makes_the_same_bytes() {
        Consumer<Paper> content = paper -> paper.line(Paper.TITLE, "对账单");
        assertThat(Paper.write("标题", content)).isEqualTo(Paper.write("标题", content));
    }
}
