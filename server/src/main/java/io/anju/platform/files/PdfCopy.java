package io.anju.platform.files;

import io.anju.platform.files.CleanFile.Unclean;
import java.io.IOException;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNull;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.cos.COSString;

/**
 * Copies of a PDF's pages what draws them, key by key from a list: whatever is not on it stays behind, known to us or not.
 */
final class PdfCopy {
    private static final int MOST_DEPTH = 60;

    /** Keys of ISO 32000-1 that have a part in drawing: pictures, forms, states, patterns, shadings, functions, fonts. */
    private static final Set<String> DRAWING = words("""
            Type Subtype BBox Matrix FormType Group S CS I K G BC TR
            Width Height ColorSpace BitsPerComponent Intent ImageMask Mask Decode Interpolate SMask SMaskInData Matte
            LW LC LJ ML D RI OP op OPM FL SA BM CA ca AIS TK
            PatternType PaintType TilingType XStep YStep Shading ExtGState
            ShadingType Background AntiAlias Domain Matrix Function Coords Extend BitsPerCoordinate BitsPerFlag
            VerticesPerRow FunctionType Range Size BitsPerSample Order Encode C0 C1 N Functions Bounds
            Font BaseFont FirstChar LastChar Widths FontDescriptor Encoding BaseEncoding Differences ToUnicode
            DescendantFonts CIDSystemInfo Registry Ordering Supplement DW W DW2 W2 CIDToGIDMap FontMatrix WMode UseCMap
            CMapName FontName FontFamily FontStretch FontWeight Flags FontBBox ItalicAngle Ascent Descent Leading
            CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2 FontFile3 CharSet CIDSet
            Length1 Length2 Length3 WhitePoint BlackPoint Gamma
            """);
    /** How the bytes of a picture are packed. */
    private static final Set<String> PACKING = words("Predictor Colors BitsPerComponent Columns ColorTransform");

    private static final Set<String> RESOURCES = words("ExtGState ColorSpace Pattern Shading XObject Font");
    private static final COSName CHAR_PROCS = COSName.getPDFName("CharProcs");
    private static final COSName PARMS = COSName.getPDFName("DecodeParms");

    private final PdfStreams streams;
    private final IdentityHashMap<COSBase, COSBase> copies = new IdentityHashMap<>();

    PdfCopy(PdfStreams streams) {
        this.streams = streams;
    }

    private static Set<String> words(String text) {
        return Stream.of(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    /** Of resources those that are named where they are used; the others may be anything that was taken off a page. */
    COSDictionary resources(COSDictionary from, Set<COSName> used, int depth) throws IOException {
        var to = new COSDictionary();
        for (var category : RESOURCES) {
            if (from.getDictionaryObject(category) instanceof COSDictionary entries) {
                var kept = new COSDictionary();
                for (var name : entries.keySet()) {
                    if (used.contains(name)) {
                        put(kept, name, entries.getDictionaryObject(name), depth + 1);
                    }
                }
                to.setItem(category, kept);
            }
        }
        return to;
    }

    private void put(COSDictionary to, COSName key, COSBase value, int depth) throws IOException {
        var copy = copy(value, depth);
        if (copy != null) {
            to.setItem(key, copy);
        }
    }

    private COSBase copy(COSBase value, int depth) throws IOException {
        if (depth > MOST_DEPTH) {
            throw new Unclean("too deep");
        }
        streams.requireTime();
        var plain = value instanceof COSObject reference ? reference.getObject() : value;
        var done = copies.get(plain);
        if (done != null) {
            return done;
        }
        if (plain instanceof COSStream stream) {
            return stream(stream, depth);
        }
        if (plain instanceof COSDictionary dictionary) {
            var to = new COSDictionary();
            copies.put(dictionary, to);
            fill(dictionary, to, DRAWING, depth);
            return to;
        }
        return plain instanceof COSArray array ? array(array, depth) : plain;
    }

    private COSBase array(COSArray from, int depth) throws IOException {
        if (from.size() > 1 && COSName.ICCBASED.getName().equals(from.getName(0))) {
            return withoutProfile(from);
        }
        var to = new COSArray();
        copies.put(from, to);
        for (int i = 0; i < from.size(); i++) {
            var one = from.getObject(i);
            to.add(one == null ? COSNull.NULL : copy(one, depth + 1));
        }
        return to;
    }

    /** A profile names its maker and the day it was made; the device's own colours are near enough to read by. */
    private static COSBase withoutProfile(COSArray profile) {
        int components = profile.getObject(1) instanceof COSDictionary stream ? stream.getInt(COSName.N) : 0;
        return switch (components) {
            case 1 -> COSName.DEVICEGRAY;
            case 3 -> COSName.DEVICERGB;
            case 4 -> COSName.DEVICECMYK;
            default -> throw new Unclean("a profile of no colours");
        };
    }

    private void fill(COSDictionary from, COSDictionary to, Set<String> keys, int depth) throws IOException {
        for (var key : from.keySet()) {
            var value = from.getDictionaryObject(key);
            if (value == null || isProse(key, value)) {
                continue;
            }
            if (keys.contains(key.getName())) {
                put(to, key, value, depth + 1);
            } else if (key.equals(CHAR_PROCS) && value instanceof COSDictionary glyphs) {
                glyphs(glyphs, from, to, depth);
            }
        }
    }

    /** Of strings only those are kept by which a font finds its characters. */
    private static boolean isProse(COSName key, COSBase value) {
        return value instanceof COSString
                && !Set.of("Registry", "Ordering", "CharSet").contains(key.getName());
    }

    /** The characters of a font that are drawn like pages. */
    private void glyphs(COSDictionary from, COSDictionary font, COSDictionary to, int depth) throws IOException {
        var drawn = new COSDictionary();
        var used = new HashSet<COSName>();
        for (var name : from.keySet()) {
            if (from.getDictionaryObject(name) instanceof COSStream glyph) {
                var content = streams.content(streams.unpacked(glyph));
                used.addAll(content.names());
                drawn.setItem(name, streams.packed(content.bytes()));
            }
        }
        to.setItem(CHAR_PROCS, drawn);
        if (font.getDictionaryObject(COSName.RESOURCES) instanceof COSDictionary resources) {
            to.setItem(COSName.RESOURCES, resources(resources, used, depth));
        }
    }

    private COSBase stream(COSStream from, int depth) throws IOException {
        var subtype = from.getCOSName(COSName.SUBTYPE);
        if (COSName.IMAGE.equals(subtype)) {
            return picture(from, depth);
        }
        if (COSName.FORM.equals(subtype) || from.getInt(COSName.PATTERN_TYPE) == 1) {
            return drawing(from, depth);
        }
        var to = streams.packed(streams.unpacked(from));
        copies.put(from, to);
        fill(from, to, DRAWING, depth);
        return to;
    }

    /** What is drawn as a page is, whatever it says of itself. */
    COSStream drawing(COSStream from, int depth) throws IOException {
        var content = streams.content(streams.unpacked(from));
        var to = streams.packed(content.bytes());
        copies.put(from, to);
        fill(from, to, DRAWING, depth);
        if (from.getDictionaryObject(COSName.RESOURCES) instanceof COSDictionary resources) {
            to.setItem(COSName.RESOURCES, resources(resources, content.names(), depth));
        }
        return to;
    }

    private COSBase picture(COSStream from, int depth) throws IOException {
        CleanFile.requirePixels(from.getInt(COSName.WIDTH), from.getInt(COSName.HEIGHT));
        var to = streams.picture(from);
        copies.put(from, to);
        fill(from, to, DRAWING, depth);
        if (streams.keepsPacking(from) && from.getDictionaryObject(PARMS) instanceof COSDictionary parameters) {
            var kept = new COSDictionary();
            fill(parameters, kept, PACKING, depth);
            to.setItem(PARMS, kept);
        }
        return to;
    }
}
