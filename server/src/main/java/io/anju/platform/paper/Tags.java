package io.anju.platform.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDNumberTreeNode;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkedContentReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDParentTreeValue;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;

/**
 * What is what in a document, for whoever has it read aloud: headings, paragraphs, tables with their rows and cells. What only
 * decorates a page is marked as such and not read.
 */
final class Tags {
    private static final COSName ARTIFACT = COSName.getPDFName("Artifact");

    private final PDStructureTreeRoot root = new PDStructureTreeRoot();
    private final PDStructureElement whole = new PDStructureElement(StandardStructureTypes.DOCUMENT, root);
    /** For each page, the elements that its pieces of content belong to. */
    private final List<COSArray> owners = new ArrayList<>();

    Tags() {
        root.appendKid(whole);
    }

    /** What is written by a piece of content. */
    interface Writing {
        void write() throws IOException;
    }

    PDStructureElement paragraph() {
        return under(whole, StandardStructureTypes.P);
    }

    PDStructureElement heading() {
        return under(whole, StandardStructureTypes.H1);
    }

    PDStructureElement table() {
        return under(whole, StandardStructureTypes.TABLE);
    }

    static PDStructureElement under(PDStructureNode parent, String type) {
        var element = new PDStructureElement(type, parent);
        parent.appendKid(element);
        return element;
    }

    void open(PDPage page) {
        page.setStructParents(owners.size());
        owners.add(new COSArray());
    }

    /** Writes a piece of an element onto the page that is open. */
    void write(PDPageContentStream stream, PDPage page, PDStructureElement element, Writing writing)
            throws IOException {
        var pieces = owners.get(owners.size() - 1);
        var piece = new PDMarkedContentReference();
        piece.setPage(page);
        piece.setMCID(pieces.size());
        element.appendKid(piece);
        stream.beginMarkedContent(COSName.getPDFName(element.getStructureType()), pieces.size());
        writing.write();
        stream.endMarkedContent();
        pieces.add(element);
    }

    /** Writes what is not read aloud. */
    static void decorate(PDPageContentStream stream, Writing writing) throws IOException {
        stream.beginMarkedContent(ARTIFACT);
        writing.write();
        stream.endMarkedContent();
    }

    /** Hands all of it to the document. */
    void close(PDDocument document) {
        var values = new TreeMap<Integer, PDParentTreeValue>();
        for (var page = 0; page < owners.size(); page++) {
            values.put(page, new PDParentTreeValue(owners.get(page)));
        }
        var parents = new PDNumberTreeNode(PDParentTreeValue.class);
        parents.setNumbers(values);
        root.setParentTree(parents);
        root.setParentTreeNextKey(owners.size());
        var catalog = document.getDocumentCatalog();
        catalog.setStructureTreeRoot(root);
        var mark = new PDMarkInfo();
        mark.setMarked(true);
        catalog.setMarkInfo(mark);
    }
}
