package io.anju.platform.files;

import io.anju.platform.files.CleanFile.Unclean;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Reads a PDF within bounds. Two kinds of streams are unpacked by the reader itself, tables of where objects are and
 * streams that hold objects: each is looked at before, because the reader knows no bounds. All others are unpacked by
 * {@link PdfStreams}. It reads strictly: to look for the pieces of a broken file would mean to unpack whatever is there.
 */
final class PdfReader extends PDFParser {
    private static final int MOST_OBJECTS = 50_000;
    /** Objects become many times as large when they are read. */
    private static final int MOST_OBJECT_BYTES = 8 << 20;

    private static final int CHUNK_BYTES = 64 * 1024;
    private static final Map<String, Integer> MOST =
            Map.of("Columns", 20_000, "Colors", 32, "BitsPerComponent", 32, "Rows", 30_000, "Height", 30_000);

    private final Set<COSStream> looked = Collections.newSetFromMap(new IdentityHashMap<>());
    private long objectBytes;

    private PdfReader(byte[] content) throws IOException {
        super(new RandomAccessReadBuffer(content));
    }

    static PDDocument read(byte[] content) throws IOException {
        var reader = new PdfReader(content);
        var document = reader.parse(false);
        if (document.getDocument().getXrefTable().size() > MOST_OBJECTS) {
            document.close();
            throw new Unclean("too many objects");
        }
        return document;
    }

    @Override
    protected void prepareDecryption() {
        if (document.getTrailer().containsKey(COSName.ENCRYPT)) {
            throw new Unclean("locked");
        }
    }

    @Override
    protected COSStream parseCOSStream(COSDictionary dictionary) throws IOException {
        var stream = super.parseCOSStream(dictionary);
        // whatever is read so early is a table, or holds objects
        if (!initialParseDone) {
            requireLittle(stream);
        }
        return stream;
    }

    @Override
    protected COSBase parseObjectStreamObject(long holder, COSObjectKey key) throws IOException {
        if (document.getObjectFromPool(getObjectKey(holder, 0)).getObject() instanceof COSStream stream) {
            requireLittle(stream);
        }
        return super.parseObjectStreamObject(holder, key);
    }

    private void requireLittle(COSStream stream) throws IOException {
        if (!looked.add(stream)) {
            return;
        }
        var filters = stream.getFilters();
        var isPacked = COSName.FLATE_DECODE.equals(filters)
                || (filters instanceof COSArray one
                        && one.size() == 1
                        && COSName.FLATE_DECODE.getName().equals(one.getName(0)));
        if (filters != null && !isPacked) {
            throw new Unclean("objects in another packing");
        }
        requireSmallNumbers(stream, 0);
        requireFewObjects(stream);
        if (isPacked) {
            try (var in = stream.createRawInputStream()) {
                unpack(in.readAllBytes());
            }
        }
    }

    private static void requireFewObjects(COSStream stream) {
        long most = Math.max(stream.getInt(COSName.N), stream.getInt(COSName.SIZE));
        if (stream.getDictionaryObject(COSName.INDEX) instanceof COSArray parts) {
            for (int i = 1; i < parts.size(); i += 2) {
                most += Math.max(0, parts.getInt(i));
            }
        }
        if (most > MOST_OBJECTS) {
            throw new Unclean("too many objects");
        }
    }

    private void unpack(byte[] packed) {
        var inflater = new Inflater(true);
        try {
            // as the reader does: whatever the two bytes of the header are
            inflater.setInput(packed, Math.min(2, packed.length), Math.max(0, packed.length - 2));
            var chunk = new byte[CHUNK_BYTES];
            for (int length = inflater.inflate(chunk); length > 0; length = inflater.inflate(chunk)) {
                objectBytes += length;
                if (objectBytes > MOST_OBJECT_BYTES) {
                    throw new Unclean("objects unpack to too much");
                }
            }
        } catch (DataFormatException e) {
            throw new Unclean("objects do not unpack");
        } finally {
            inflater.end();
        }
    }

    /** Refuses numbers by which whoever unpacks reserves memory. */
    static void requireSmallNumbers(COSDictionary stream, int filter) {
        var parameters = stream.getDictionaryObject(COSName.DECODE_PARMS, COSName.DP);
        var own = parameters instanceof COSArray several && filter < several.size()
                ? several.getObject(filter)
                : parameters;
        for (var each : MOST.entrySet()) {
            var name = COSName.getPDFName(each.getKey());
            if (stream.getInt(name) > each.getValue()
                    || own instanceof COSDictionary dictionary && dictionary.getInt(name) > each.getValue()) {
                throw new Unclean("too large");
            }
        }
    }
}
