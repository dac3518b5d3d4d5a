package io.anju.platform.files;

import io.anju.platform.files.CleanFile.Unclean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.FilterFactory;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdfwriter.ContentStreamWriter;

/** The streams of one PDF, unpacked within bounds of size, tokens and time, and packed anew by one way of packing. */
final class PdfStreams {
    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_TOKENS = 4_000_000;
    private static final int MOST_OPERANDS = 10_000;

    /** ISO 32000-1, annex A, without the marks by which content is told what it belongs to. */
    private static final Set<String> OPERATORS = Set.of(
            ("b B b* B* BI BT c cm CS cs d d0 d1 Do ET f F f* G g gs h i j J K k l m M n q Q re RG rg ri s S SC sc SCN scn"
                            + " sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"")
                    .split(" "));

    private static final int MOST_FILTERS = 4;
    private static final Set<String> FILTERS =
            Set.of("FlateDecode", "LZWDecode", "ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode", "CCITTFaxDecode");

    private static final Set<String> INLINE = Set.of(
            ("BPC CS D DP F H IM I W BitsPerComponent ColorSpace Decode DecodeParms Filter Height ImageMask Intent"
                            + " Interpolate Width")
                    .split(" "));
    private static final Set<String> INLINE_FILTERS = Set.of(
            "Fl", "FlateDecode", "AHx", "ASCIIHexDecode", "A85", "ASCII85Decode", "RL", "RunLengthDecode", "CCF");

    private final long untilNanos;
    private long bytes;
    private int tokens;

    PdfStreams(long untilNanos) {
        this.untilNanos = untilNanos;
    }

    /** What draws, and the names of resources in it. */
    record Content(byte[] bytes, Set<COSName> names) {}

    void requireTime() {
        if (System.nanoTime() - untilNanos > 0) {
            throw new Unclean("takes too long");
        }
    }

    private static List<String> filters(COSStream stream) {
        var filters = stream.getFilters();
        if (filters instanceof COSName one) {
            return List.of(one.getName());
        }
        var names = new ArrayList<String>();
        if (filters instanceof COSArray several) {
            several.forEach(one -> names.add(one instanceof COSName name ? name.getName() : ""));
        }
        return names;
    }

    private static byte[] raw(COSStream stream) throws IOException {
        try (var in = stream.createRawInputStream()) {
            return in.readAllBytes();
        }
    }

    /** By all of its filters. */
    byte[] unpacked(COSStream stream) throws IOException {
        return unpacked(stream, stream, filters(stream));
    }

    private byte[] unpacked(COSStream stream, COSDictionary parameters, List<String> filters) throws IOException {
        if (filters.size() > MOST_FILTERS) {
            throw new Unclean("packed too often");
        }
        var content = raw(stream);
        for (int i = 0; i < filters.size(); i++) {
            requireTime();
            var out = new Bounded();
            if (!FILTERS.contains(filters.get(i))) {
                throw new Unclean("a packing that is not taken");
            }
            PdfReader.requireSmallNumbers(stream, i);
            FilterFactory.INSTANCE
                    .getFilter(filters.get(i))
                    .decode(new ByteArrayInputStream(content), out, parameters, i);
            content = out.bytes();
        }
        return content;
    }

    /** Packed alone by the method of ZIP, a picture keeps the way in which its rows were prepared for that. */
    boolean keepsPacking(COSStream picture) {
        return filters(picture).equals(List.of("FlateDecode"));
    }

    /** Without its dictionary; a photograph is cleaned like one that comes alone. */
    COSStream picture(COSStream from) throws IOException {
        var filters = filters(from);
        int last = filters.size() - 1;
        if (last >= 0 && filters.get(last).equals("DCTDecode")) {
            var clean = CleanJpeg.of(unpacked(from, from, filters.subList(0, last)));
            var to = new COSStream();
            try (var out = to.createRawOutputStream()) {
                out.write(clean);
            }
            to.setItem(COSName.FILTER, COSName.DCT_DECODE);
            return to;
        }
        return packed(unpacked(from, keepsPacking(from) ? new COSDictionary() : from, filters));
    }

    COSStream packed(byte[] content) throws IOException {
        var to = new COSStream();
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try (var out = new DeflaterOutputStream(to.createRawOutputStream(), deflater)) {
            out.write(content);
        } finally {
            deflater.end();
        }
        to.setItem(COSName.FILTER, COSName.FLATE_DECODE);
        return to;
    }

    /** Comments, marks and whatever is no operator stay behind. */
    Content content(byte[] unpacked) throws IOException {
        var out = new ByteArrayOutputStream();
        var writer = new ContentStreamWriter(out);
        var names = new HashSet<COSName>();
        var parser = new PDFStreamParser(unpacked);
        var operands = new ArrayList<COSBase>();
        for (var token = parser.parseNextToken(); token != null; token = parser.parseNextToken()) {
            if (++tokens > MOST_TOKENS || operands.size() > MOST_OPERANDS) {
                throw new Unclean("too much is drawn");
            }
            if (tokens % 1_000 == 0) {
                requireTime();
            }
            if (token instanceof Operator operator) {
                if (OPERATORS.contains(operator.getName())) {
                    write(writer, operands, operator, names);
                }
                operands.clear();
            } else if (token instanceof COSBase operand) {
                operands.add(operand);
            }
        }
        return new Content(out.toByteArray(), names);
    }

    private static void write(ContentStreamWriter writer, List<COSBase> operands, Operator operator, Set<COSName> names)
            throws IOException {
        for (var operand : operands) {
            if (operand instanceof COSName name) {
                names.add(name);
            }
            writer.writeToken(operand);
        }
        if (operator.getName().equals("BI")) {
            cleanInline(operator, names);
        }
        writer.writeToken(operator);
    }

    private static void cleanInline(Operator operator, Set<COSName> names) {
        var kept = new COSDictionary();
        for (var entry : operator.getImageParameters().entrySet()) {
            if (INLINE.contains(entry.getKey().getName())) {
                kept.setItem(entry.getKey(), entry.getValue());
                if (entry.getValue() instanceof COSName name) {
                    names.add(name);
                }
            }
        }
        for (var key : List.of("F", "Filter")) {
            requireInline(kept.getDictionaryObject(key));
        }
        operator.setImageParameters(kept);
    }

    private static void requireInline(COSBase filter) {
        if (filter instanceof COSArray several) {
            several.forEach(PdfStreams::requireInline);
        } else if (filter instanceof COSName name && !INLINE_FILTERS.contains(name.getName())) {
            throw new Unclean("a photograph within the page");
        }
    }

    /** Takes so much of all streams together, and no more. */
    private final class Bounded extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public void write(int octet) {
            count(1);
            kept.write(octet);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            count(length);
            kept.write(from, offset, length);
        }

        private void count(int more) {
            bytes += more;
            if (bytes > MOST_BYTES) {
                throw new Unclean("unpacks to too much");
            }
        }

        private byte[] bytes() {
            return kept.toByteArray();
        }
    }
}
