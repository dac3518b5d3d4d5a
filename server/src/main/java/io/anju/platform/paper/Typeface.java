package io.anju.platform.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** The one font of documents, as far as one document uses it. */
final class Typeface {
    private static final String FILE = "/fonts/NotoSansSC-GB2312.ttf";
    private static final byte[] BYTES = bytes();

    /** Stands where a character is not in the font: a mark that printers have always used (〓). */
    private static final int MISSING = 0x3013;

    private static final int UNITS = 1_000;

    private final PDFont font;
    private final CmapLookup characters;
    private final Map<Integer, Integer> widths = new HashMap<>();

    private Typeface(PDFont font, CmapLookup characters) {
        this.font = font;
        this.characters = characters;
    }

    private static byte[] bytes() {
        try (var in = Objects.requireNonNull(Typeface.class.getResourceAsStream(FILE), FILE)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only the characters that the document shows are embedded in it. */
    static Typeface embeddedIn(PDDocument document) throws IOException {
        TrueTypeFont parsed = new TTFParser().parse(new RandomAccessReadBuffer(BYTES));
        document.registerTrueTypeFontForClosing(parsed);
        return new Typeface(PDType0Font.load(document, parsed, true), parsed.getUnicodeCmapLookup());
    }

    PDFont font() {
        return font;
    }

    /** The text as the font can show it: no control characters, a mark where there is no glyph. */
    String shown(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints()
                .map(character -> Character.isISOControl(character) ? ' ' : character)
                .map(character -> characters.getGlyphId(character) == 0 ? MISSING : character)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    /** Width of a text of this size, in thousandths of a point. */
    long width(String text, int size) {
        return text.codePoints().mapToLong(this::units).sum() * size;
    }

    private int units(int character) {
        return widths.computeIfAbsent(character, unknown -> {
            try {
                return Math.round(font.getStringWidth(Character.toString(unknown)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Breaks a text into lines of at most so many points, between any two characters, as Chinese is; none begins blank. */
    List<String> lines(String text, int size, int points) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        long used = 0;
        for (int character : shown(text).codePoints().toArray()) {
            var width = (long) units(character) * size;
            if (used + width > (long) points * UNITS && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            if (character != ' ' || !line.isEmpty()) {
                line.appendCodePoint(character);
                used += width;
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
