package io.anju.platform.paper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;
import org.jspecify.annotations.Nullable;

/**
 * A PDF of A4 pages that is written from top to bottom, tagged so that it can be read aloud. The same content makes the same bytes: it names neither the time
 * nor the machine. Blocks: for worker threads.
 */
public final class Paper {
    private static final int WIDTH = (int) PDRectangle.A4.getWidth();
    private static final int HEIGHT = (int) PDRectangle.A4.getHeight();
    private static final int MARGIN = 48;
    private static final int FOOT = 60;
    private static final int FOOT_SIZE = 11;
    private static final int UNITS = 1_000;
    /** Large enough to be read without glasses. */
    public static final int PLAIN = 14;

    public static final int SMALL = 12;
    public static final int TITLE = 24;

    private final PDDocument document;
    private final Typeface typeface;
    private final Tags tags = new Tags();
    private @Nullable PDPageContentStream page;
    private @Nullable PDStructureElement table;
    private int y;

    private Paper(PDDocument document, Typeface typeface) {
        this.document = document;
        this.typeface = typeface;
    }

    /**
     * A column of a table.
     *
     * @param percent of the width of the page that is written on
     * @param isRight whether what stands in it ends at its right side, as amounts do
     */
    public record Column(int percent, boolean isRight) {
        int points() {
            return (WIDTH - 2 * MARGIN) * percent / 100;
        }
    }

    /** Writes a document. */
    public static byte[] write(String title, Consumer<Paper> content) {
        try (var document = new PDDocument()) {
            var paper = new Paper(document, Typeface.embeddedIn(document));
            paper.describe(title);
            content.accept(paper);
            paper.closePage();
            paper.numberPages(title);
            paper.tags.close(document);
            var bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void describe(String title) {
        var information = new PDDocumentInformation();
        information.setTitle(title);
        document.setDocumentInformation(information);
        document.setDocumentId((long) title.hashCode());
        var catalog = document.getDocumentCatalog();
        catalog.setLanguage("zh-CN");
        var preferences = new PDViewerPreferences(catalog.getCOSObject());
        preferences.setDisplayDocTitle(true);
        catalog.setViewerPreferences(preferences);
    }

    /** A paragraph of this size. */
    public void line(int size, String text) {
        table = null;
        var element = size == TITLE ? tags.heading() : tags.paragraph();
        for (var line : typeface.lines(text, size, WIDTH - 2 * MARGIN)) {
            room(height(size));
            y -= height(size);
            show(element, size, MARGIN, line);
        }
    }

    /** Begins a table with the row that names its columns. */
    public void head(int size, List<Column> columns, String... texts) {
        table = tags.table();
        row(StandardStructureTypes.TH, size, columns, texts);
    }

    /** One row of a table; a cell that is too long for its column goes on below. Rows are not cut by the end of a page. */
    public void row(int size, List<Column> columns, String... texts) {
        row(StandardStructureTypes.TD, size, columns, texts);
    }

    private void row(String kind, int size, List<Column> columns, String... texts) {
        if (table == null) {
            table = tags.table();
        }
        var row = Tags.under(table, StandardStructureTypes.TR);
        var tagged = Arrays.stream(texts).map(text -> Tags.under(row, kind)).toList();
        var cells = IntStream.range(0, texts.length)
                .mapToObj(i -> typeface.lines(texts[i], size, columns.get(i).points() - size))
                .toList();
        var lines = cells.stream().mapToInt(List::size).max().orElse(0);
        room(lines * height(size));
        for (int line = 0; line < lines; line++) {
            y -= height(size);
            int x = MARGIN;
            for (int i = 0; i < texts.length; i++) {
                if (line < cells.get(i).size()) {
                    cell(tagged.get(i), size, x, columns.get(i), cells.get(i).get(line));
                }
                x += columns.get(i).points();
            }
        }
    }

    private void cell(PDStructureElement element, int size, int x, Column column, String text) {
        var indent = column.isRight() ? column.points() - (int) (typeface.width(text, size) / UNITS) - size / 2 : 0;
        show(element, size, x + indent, text);
    }

    /** A line across the page. */
    public void rule() {
        room(10);
        y -= 6;
        try {
            var stream = page();
            Tags.decorate(stream, () -> {
                stream.moveTo(MARGIN, y);
                stream.lineTo(WIDTH - MARGIN, y);
                stream.stroke();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        y -= 4;
    }

    /** Keeps so many plain lines together with what comes next. */
    public void keepTogether(int lines) {
        room(lines * height(PLAIN));
    }

    private static int height(int size) {
        return size * 3 / 2;
    }

    private void room(int points) {
        if (page != null && y - points < FOOT) {
            closePage();
        }
        if (page == null) {
            openPage();
        }
    }

    private void openPage() {
        var added = new PDPage(PDRectangle.A4);
        document.addPage(added);
        tags.open(added);
        try {
            page = new PDPageContentStream(document, added);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        y = HEIGHT - MARGIN;
    }

    private void closePage() {
        try {
            if (page != null) {
                page.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        page = null;
    }

    private PDPageContentStream page() {
        if (page == null) {
            throw new IllegalStateException("no page is open");
        }
        return page;
    }

    private void show(PDStructureElement element, int size, int x, String text) {
        try {
            var stream = page();
            var last = document.getPage(document.getNumberOfPages() - 1);
            tags.write(stream, last, element, () -> show(stream, size, x, y, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void show(PDPageContentStream stream, int size, int x, int height, String text) throws IOException {
        stream.beginText();
        stream.setFont(typeface.font(), size);
        stream.newLineAtOffset(x, height);
        stream.showText(text);
        stream.endText();
    }

    /** How many pages there are is known at the end. */
    private void numberPages(String title) throws IOException {
        var count = document.getNumberOfPages();
        for (int i = 0; i < count; i++) {
            try (var stream = new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true, true)) {
                var text = typeface.shown(title + "　第 " + (i + 1) + " 页，共 " + count + " 页");
                Tags.decorate(stream, () -> show(stream, FOOT_SIZE, MARGIN, FOOT / 2, text));
            }
        }
    }
}
