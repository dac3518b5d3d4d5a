package io.anju.testing;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Calendar;
import java.util.Map;
import java.util.TimeZone;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.JPEGFactory;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionJavaScript;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationRubberStamp;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationText;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceDictionary;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceStream;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;

/** A PDF of one page that says who made it in every place where a PDF can say so. */
public final class PlantedPdf {
    /** Stands in every place, with the place's name behind it. */
    public static final String MARK = "Qx7planted";

    /** Where it stands; each is found by {@link #everything} before the document is cleaned. */
    public static final String[] PLACES = {
        "author",
        "producer",
        "xmp",
        "piece",
        "page-xmp",
        "image-xmp",
        "exif",
        "note",
        "note-author",
        "stamp-author",
        "attachment",
        "attachment-name",
        "script",
        "outline",
        "structure",
        "comment",
        "property",
        "unused",
        "earlier",
        "page-label",
        "custom"
    };

    private PlantedPdf() {}

    /** @param year in which everything says that it was made */
    public static byte[] of(int year) {
        try {
            return overwritten(whole(year), year);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String mark(String place) {
        return MARK + "-" + place;
    }

    private static byte[] whole(int year) throws IOException {
        try (var document = new PDDocument()) {
            document.getDocument().setIsXRefStream(true);
            var page = new PDPage(new PDRectangle(300, 200));
            document.addPage(page);
            describe(document, year);
            draw(document, page);
            annotate(document, page);
            attach(document);
            describe(document, page);
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        }
    }

    private static void describe(PDDocument document, int year) throws IOException {
        var made = Calendar.getInstance(TimeZone.getTimeZone("UTC"));
        made.set(year, Calendar.MARCH, 4, 10, 31, 7);
        var information = new PDDocumentInformation();
        information.setAuthor(mark("author"));
        information.setProducer(mark("producer"));
        information.setCustomMetadataValue("Company", mark("custom"));
        information.setCreationDate(made);
        document.setDocumentInformation(information);
        document.setDocumentId((long) year);
        document.getDocumentCatalog().setMetadata(xmp(document, "xmp"));
    }

    private static PDMetadata xmp(PDDocument document, String place) throws IOException {
        var text = "<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + mark(place) + "</x:xmpmeta>";
        return new PDMetadata(document, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void draw(PDDocument document, PDPage page) throws IOException {
        var photograph = JPEGFactory.createFromByteArray(document, photograph());
        photograph.setMetadata(xmp(document, "image-xmp"));
        var drawing = LosslessFactory.createFromImage(document, picture());
        try (var content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 14);
            content.newLineAtOffset(20, 160);
            content.showText("Rent was charged twice");
            content.endText();
            content.drawImage(photograph, 20, 60, 64, 48);
            content.drawImage(drawing, 120, 60, 64, 48);
        }
        var resources = page.getResources();
        var properties = new COSDictionary();
        properties.setString("Who", mark("property"));
        var named = new COSDictionary();
        named.setItem(COSName.A, properties);
        resources.getCOSObject().setItem(COSName.PROPERTIES, named);
        var unused =
                new PDStream(document, new ByteArrayInputStream(mark("unused").getBytes(StandardCharsets.UTF_8)));
        unused.getCOSObject().setItem(COSName.SUBTYPE, COSName.FORM);
        ((COSDictionary) resources.getCOSObject().getDictionaryObject(COSName.XOBJECT))
                .setItem(COSName.getPDFName("Unused"), unused.getCOSObject());
        try (var content = new PDPageContentStream(document, page, PDPageContentStream.AppendMode.APPEND, true)) {
            content.addComment(mark("comment"));
            content.beginMarkedContent(COSName.ARTIFACT);
            content.endMarkedContent();
        }
    }

    private static void annotate(PDDocument document, PDPage page) throws IOException {
        var note = new PDAnnotationText();
        note.setRectangle(new PDRectangle(250, 150, 20, 20));
        note.setContents(mark("note"));
        note.setTitlePopup(mark("note-author"));
        var stamp = new PDAnnotationRubberStamp();
        stamp.setRectangle(new PDRectangle(200, 20, 80, 30));
        stamp.setTitlePopup(mark("stamp-author"));
        var appearance = new PDAppearanceStream(document);
        appearance.setBBox(new PDRectangle(10, 10, 40, 15));
        appearance.setResources(new PDResources());
        try (var content = new PDPageContentStream(document, appearance)) {
            content.setNonStrokingColor(Color.RED);
            content.addRect(10, 10, 30, 10);
            content.fill();
        }
        var shown = new PDAppearanceDictionary();
        shown.setNormalAppearance(appearance);
        stamp.setAppearance(shown);
        page.getAnnotations().add(note);
        page.getAnnotations().add(stamp);
    }

    private static void attach(PDDocument document) throws IOException {
        var content = mark("attachment").getBytes(StandardCharsets.UTF_8);
        var attached = new PDComplexFileSpecification();
        attached.setFile(mark("attachment-name"));
        attached.setEmbeddedFile(new PDEmbeddedFile(document, new ByteArrayInputStream(content)));
        var files = new PDEmbeddedFilesNameTreeNode();
        files.setNames(Map.of("a", attached));
        var names = new PDDocumentNameDictionary(document.getDocumentCatalog());
        names.setEmbeddedFiles(files);
        document.getDocumentCatalog().setNames(names);
        document.getDocumentCatalog().setOpenAction(new PDActionJavaScript("app.alert('" + mark("script") + "')"));
    }

    private static void describe(PDDocument document, PDPage page) throws IOException {
        var catalog = document.getDocumentCatalog();
        var outline = new PDDocumentOutline();
        var item = new PDOutlineItem();
        item.setTitle(mark("outline"));
        outline.addLast(item);
        catalog.setDocumentOutline(outline);
        var structure = new PDStructureTreeRoot();
        structure.getCOSObject().setString("Alt", mark("structure"));
        catalog.setStructureTreeRoot(structure);
        var label = new COSDictionary();
        label.setString(COSName.P, mark("page-label"));
        var labels = new COSArray();
        labels.add(COSInteger.ZERO);
        labels.add(label);
        var tree = new COSDictionary();
        tree.setItem(COSName.NUMS, labels);
        catalog.getCOSObject().setItem(COSName.PAGE_LABELS, tree);
        page.setMetadata(xmp(document, "page-xmp"));
        var piece = new COSDictionary();
        piece.setItem(COSName.getPDFName("Private"), new COSString(mark("piece")));
        page.getCOSObject().setItem(COSName.getPDFName("PieceInfo"), piece);
    }

    /** As somebody leaves it who takes a name out and saves: the version before stays in the file. */
    private static byte[] overwritten(byte[] before, int year) throws IOException {
        byte[] named;
        try (var document = Loader.loadPDF(before)) {
            document.getDocumentInformation().setSubject(mark("earlier"));
            document.setDocumentId((long) year);
            var out = new ByteArrayOutputStream();
            document.save(out);
            named = out.toByteArray();
        }
        try (var document = Loader.loadPDF(named)) {
            var information = document.getDocumentInformation();
            information.setSubject("-");
            information.getCOSObject().setNeedToBeUpdated(true);
            document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
            var out = new ByteArrayOutputStream();
            document.saveIncremental(out);
            return out.toByteArray();
        }
    }

    private static byte[] photograph() throws IOException {
        var out = new ByteArrayOutputStream();
        ImageIO.write(picture(), "jpeg", out);
        var jpeg = out.toByteArray();
        var text = ("Exif\0\0" + mark("exif")).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(jpeg.length + 4 + text.length)
                .put(jpeg, 0, 2)
                .putShort((short) 0xFFE1)
                .putShort((short) (2 + text.length))
                .put(text)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static BufferedImage picture() {
        var image = new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 32; x++) {
            for (int y = 0; y < 24; y++) {
                image.setRGB(x, y, 0x3366FF + x * 7 + y * 2_000);
            }
        }
        return image;
    }

    /** All that somebody finds who looks for text in a file: as it is, and in whatever unpacks. */
    public static String everything(byte[] file) {
        var found = new StringBuilder(new String(file, StandardCharsets.ISO_8859_1));
        for (int at = 0; at + 2 < file.length; at++) {
            if ((file[at] & 0x0F) == 8 && ((file[at] & 0xFF) << 8 | file[at + 1] & 0xFF) % 31 == 0) {
                found.append('\n').append(unpacked(file, at));
            }
        }
        return found.toString();
    }

    private static String unpacked(byte[] file, int at) {
        var inflater = new Inflater();
        var out = new ByteArrayOutputStream();
        var chunk = new byte[4_096];
        try {
            inflater.setInput(file, at, file.length - at);
            for (int length = inflater.inflate(chunk); length > 0; length = inflater.inflate(chunk)) {
                out.write(chunk, 0, length);
            }
        } catch (DataFormatException e) {
            // what came before it was packed, perhaps
            return out.toString(StandardCharsets.ISO_8859_1);
        } finally {
            inflater.end();
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
