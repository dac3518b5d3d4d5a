package io.anju.platform.files;

import io.anju.platform.files.CleanFile.Unclean;
import java.awt.geom.AffineTransform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAppearanceStream;

/**
 * Builds a PDF anew from what draws its pages. Author, program, dates, ids, XMP, attachments, scripts, actions, earlier
 * versions, comments, outlines, structure and layers have no way into the new one; what a form or a stamp shows becomes a
 * part of the page. The same pages make the same bytes.
 */
final class CleanPdf {
    private static final int MOST_PAGES = 500;
    private static final Duration MOST_TIME = Duration.ofSeconds(20);
    private static final float VERSION = 1.7f;
    private static final COSName OPTIONAL = COSName.getPDFName("OCProperties");

    private final PdfStreams streams;
    private final PdfCopy copy;

    private CleanPdf(Duration most) {
        this.streams = new PdfStreams(System.nanoTime() + most.toNanos());
        this.copy = new PdfCopy(streams);
    }

    static byte[] of(byte[] content) {
        return of(content, MOST_TIME);
    }

    static byte[] of(byte[] content, Duration most) {
        try (var from = PdfReader.read(content);
                var to = new PDDocument()) {
            new CleanPdf(most).pages(from, to);
            var out = new ByteArrayOutputStream();
            to.save(out, CompressParameters.NO_COMPRESSION);
            return out.toByteArray();
        } catch (Unclean e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // the reader's many ways of saying that it is no sound PDF
            throw new Unclean("no PDF");
        } catch (StackOverflowError e) {
            throw new Unclean("too deep");
        }
    }

    private void pages(PDDocument from, PDDocument to) throws IOException {
        var catalog = from.getDocumentCatalog();
        requireNothingHidden(catalog.getCOSObject());
        int count = 0;
        for (var page : from.getPages()) {
            if (++count > MOST_PAGES) {
                throw new Unclean("too many pages");
            }
            to.addPage(page(page));
        }
        if (count == 0) {
            throw new Unclean("no page");
        }
        to.setVersion(VERSION);
        // instead of the time
        to.setDocumentId(0L);
    }

    /** Without its layers everything would be shown, and whoever hands it in has not seen what is switched off. */
    private static void requireNothingHidden(COSDictionary catalog) {
        if (catalog.getDictionaryObject(OPTIONAL) instanceof COSDictionary layers
                && layers.getDictionaryObject(COSName.D) instanceof COSDictionary shown
                && (shown.getDictionaryObject(COSName.OFF) instanceof COSArray off && off.size() > 0
                        || COSName.OFF.equals(shown.getCOSName(COSName.BASE_STATE)))) {
            throw new Unclean("has hidden layers");
        }
    }

    private PDPage page(PDPage from) throws IOException {
        var to = new PDPage(plain(from.getMediaBox()));
        to.setCropBox(plain(from.getCropBox()));
        to.setRotation(from.getRotation());
        to.setUserUnit(from.getUserUnit());
        var unpacked = new ByteArrayOutputStream();
        for (var parts = from.getContentStreams(); parts.hasNext(); ) {
            unpacked.writeBytes(streams.unpacked(parts.next().getCOSObject()));
            unpacked.write('\n');
        }
        var content = streams.content(unpacked.toByteArray());
        var given = from.getResources();
        var resources = given == null
                ? new COSDictionary()
                : copy.resources(given.getCOSObject(), new HashSet<>(content.names()), 0);
        var drawn = new ByteArrayOutputStream();
        drawn.writeBytes(CleanFile.ascii("q\n"));
        drawn.writeBytes(content.bytes());
        drawn.writeBytes(CleanFile.ascii("\nQ\n" + marks(from, resources)));
        to.getCOSObject().setItem(COSName.RESOURCES, resources);
        to.getCOSObject().setItem(COSName.CONTENTS, streams.packed(drawn.toByteArray()));
        return to;
    }

    private static PDRectangle plain(PDRectangle box) {
        return new PDRectangle(box.getLowerLeftX(), box.getLowerLeftY(), box.getWidth(), box.getHeight());
    }

    /** What stands on the page and is not of it: fields that were filled in, stamps, drawn notes. */
    private String marks(PDPage from, COSDictionary resources) throws IOException {
        var text = new StringBuilder();
        int number = 0;
        for (var mark : from.getAnnotations()) {
            var appearance = mark.isHidden() || mark.isNoView() ? null : mark.getNormalAppearanceStream();
            if (appearance != null && !"Popup".equals(mark.getSubtype())) {
                var name = COSName.getPDFName("Mark" + number++);
                forms(resources).setItem(name, form(appearance));
                text.append(placed(mark, appearance, name));
            }
        }
        return text.toString();
    }

    private static COSDictionary forms(COSDictionary resources) {
        if (resources.getDictionaryObject(COSName.XOBJECT) instanceof COSDictionary present) {
            return present;
        }
        var forms = new COSDictionary();
        resources.setItem(COSName.XOBJECT, forms);
        return forms;
    }

    private COSStream form(PDAppearanceStream appearance) throws IOException {
        var form = copy.drawing(appearance.getCOSObject(), 0);
        form.setItem(COSName.TYPE, COSName.XOBJECT);
        form.setItem(COSName.SUBTYPE, COSName.FORM);
        return form;
    }

    /** ISO 32000-1, 12.5.5: the box that it is drawn in is laid over the rectangle that it has on the page. */
    private static String placed(PDAnnotation mark, PDAppearanceStream appearance, COSName name) {
        var box = appearance.getBBox();
        var place = mark.getRectangle();
        if (box == null || place == null) {
            return "";
        }
        var bounds = box.transform(appearance.getMatrix()).getBounds2D();
        if (bounds.getWidth() <= 0 || bounds.getHeight() <= 0) {
            return "";
        }
        var laid = new AffineTransform(
                place.getWidth() / bounds.getWidth(), 0, 0, place.getHeight() / bounds.getHeight(), 0, 0);
        double x = place.getLowerLeftX() - bounds.getX() * laid.getScaleX();
        double y = place.getLowerLeftY() - bounds.getY() * laid.getScaleY();
        return String.format(
                Locale.ROOT,
                "q %.5f 0 0 %.5f %.5f %.5f cm /%s Do Q\n",
                laid.getScaleX(),
                laid.getScaleY(),
                x,
                y,
                name.getName());
    }
}
