package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Tenant;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The statement that is printed says what the one in JSON says. */
class StatementPdfIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String PROGRAMME = "affordable-rental";

    @SuppressWarnings("NullAway.Init")
    private static Desk city;

    @SuppressWarnings("NullAway.Init")
    private static Tenancies tenancies;

    @BeforeAll
    static void logIn() {
        city = Desk.of(anju, "city", "3702");
        tenancies = new Tenancies(anju, city);
    }

    private record Let(Tenant tenant, String leaseId) {
        private String path() {
            var today = anju.clock().today();
            return "/v1/me/leases/" + leaseId + "/statement%s?from=" + today.minusDays(100) + "&to=" + today;
        }

        JsonNode json() {
            return anju.http()
                    .get(path().formatted(""), tenant.token())
                    .expect(200)
                    .json();
        }

        byte[] pdf() {
            var answer =
                    anju.http().get(path().formatted("/pdf"), tenant.token()).expect(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/pdf");
            return answer.body();
        }
    }

    private static Let let(String estate) {
        var tenant = tenancies.tenant();
        var today = anju.clock().today();
        var id = tenancies.let(Letting.QINGDAO.in(estate), tenant);
        tenancies.handOver(id, today);
        return new Let(tenant, id);
    }

    private static String text(byte[] pdf) throws IOException {
        try (var document = Loader.loadPDF(pdf)) {
            assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("zh-CN");
            return new PDFTextStripper().getText(document);
        }
    }

    private static String yuan(long fen) {
        return BigDecimal.valueOf(fen, 2).toPlainString();
    }

    /** Amount and balance of each movement, in their order, as the table has them side by side. */
    private static List<String> movements(JsonNode statement) {
        var rows = new ArrayList<String>();
        statement
                .path("lines")
                .forEach(line -> rows.add(yuan(line.path("amountFen").asLong()) + " "
                        + yuan(line.path("balanceFen").asLong())));
        return rows;
    }

    @Test
    void says_what_the_json_says_and_how_each_amount_came_about() throws IOException {
        var let = let("海棠苑");
        var month = YearMonth.from(anju.clock().today());
        tenancies.bill(PROGRAMME, month);
        tenancies.payAll(let.tenant());
        tenancies.bill(PROGRAMME, month.plusMonths(1));
        var json = let.json();
        var pdf = let.pdf();
        var text = text(pdf);

        assertThat(movements(json)).hasSizeGreaterThanOrEqualTo(4);
        var at = 0;
        for (var row : movements(json)) {
            at = text.indexOf(row, at);
            assertThat(at).as(row + " in " + text).isNotNegative();
            at += row.length();
        }
        assertThat(text)
                .contains("期初应缴 " + yuan(json.path("openingFen").asLong()))
                .contains("期末应缴 " + yuan(json.path("closingFen").asLong()))
                .contains("合同编号：" + json.path("leaseNumber").asText())
                .contains("海棠苑1号楼")
                .contains("承租人：租**")
                .contains("每平方米 12 元 × 50 平方米，月租金 600.00 元")
                .contains("缴款")
                .contains("第 1 页，共 1 页");
        assertThat(text).doesNotContain(let.tenant().fullName(), let.tenant().nationalId());
        assertThat(let.pdf()).as("the same statement makes the same bytes").isEqualTo(pdf);
    }

    /** Headings, paragraphs, tables with named columns: in the order in which they are to be read aloud. */
    @Test
    void can_be_read_aloud() throws IOException {
        var let = let("广播苑");
        tenancies.bill(PROGRAMME, YearMonth.from(anju.clock().today()));
        try (var document = Loader.loadPDF(let.pdf())) {
            var catalog = document.getDocumentCatalog();
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getLanguage()).isEqualTo("zh-CN");
            assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
            assertThat(document.getDocumentInformation().getTitle()).startsWith("租金对账单");
            var whole = (PDStructureElement)
                    catalog.getStructureTreeRoot().getKids().get(0);
            var types = kids(whole).stream()
                    .map(PDStructureElement::getStructureType)
                    .toList();
            assertThat(types).startsWith("H1", "P").endsWith("Table", "P", "P");
            var movements = kids(whole).get(types.lastIndexOf("Table"));
            assertThat(kids(kids(movements).get(0)))
                    .extracting(PDStructureElement::getStructureType)
                    .containsExactly("TH", "TH", "TH", "TH");
            assertThat(kids(movements))
                    .hasSizeGreaterThan(let.json().path("lines").size());
            var parents = catalog.getStructureTreeRoot().getParentTree();
            for (var page : document.getPages()) {
                assertThat(parents.getValue(page.getStructParents())).isNotNull();
            }
        }
    }

    private static List<PDStructureElement> kids(PDStructureElement element) {
        return element.getKids().stream()
                .filter(PDStructureElement.class::isInstance)
                .map(PDStructureElement.class::cast)
                .toList();
    }

    @Test
    void nobody_else_gets_it_and_its_days_are_bounded() {
        var let = let("丁香苑");
        var stranger = tenancies.tenant().token();
        anju.http().get(let.path().formatted("/pdf"), stranger).expect(404);
        anju.http()
                .get(
                        "/v1/me/leases/" + let.leaseId() + "/statement/pdf?from=2026-01-01&to=2027-12-31",
                        let.tenant().token())
                .expect(422, "statement-days");
    }
}
