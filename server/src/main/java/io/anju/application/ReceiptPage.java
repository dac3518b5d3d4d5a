package io.anju.application;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import io.anju.api.model.Receipt;
import io.anju.platform.http.Language;
import io.anju.platform.time.Shanghai;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** The receipt as a page for the printer: one document, nothing loaded from elsewhere, no script. */
final class ReceiptPage {
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int QUIET_ZONE_MODULES = 4;

    private static final String PAGE = """
            <!doctype html>
            <html lang="%s">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%s %s</title>
            <style>
            @page { size: A5; margin: 14mm }
            body { font: 11pt/1.6 serif; max-width: 32em; margin: 2em auto; padding: 0 1em }
            h1 { font-size: 16pt; text-align: center }
            dt { float: left; clear: left; width: 9em; color: #444 }
            dd { margin-left: 9.5em; overflow-wrap: anywhere }
            .code { font: 9pt/1.4 monospace }
            svg { display: block; width: 36mm; height: 36mm; margin: 1em auto }
            </style>
            </head>
            <body>
            <h1>%s</h1>
            %s
            <dl>
            %s</dl>
            <p>%s</p>
            </body>
            </html>
            """;

    private ReceiptPage() {}

    static String of(Receipt receipt, Language language) {
        var english = language == Language.EN;
        var title = english ? "Receipt of application" : "住房保障申请受理凭证";
        return PAGE.formatted(
                language.tag(),
                title,
                escape(receipt.receiptNumber()),
                title,
                qrCode(receipt.receiptNumber()),
                english ? rowsInEnglish(receipt) : rowsInChinese(receipt),
                english
                        ? "The QR code holds the receipt number. State and rank can be looked up with it; keep it safe."
                        : "二维码内容为受理编号，凭受理编号可查询办理状态和轮候序号，请妥善保管。");
    }

    private static String rowsInChinese(Receipt receipt) {
        return row("受理编号", receipt.receiptNumber())
                + row("保障方式", receipt.programmeName())
                + row("主申请人", receipt.applicantName())
                + row("家庭人数", Integer.toString(receipt.householdSize()))
                + row("收件时间", time(receipt))
                + code("内容摘要", receipt.contentSha256())
                + code(
                        "数字签名",
                        receipt.signature().keyId() + "." + receipt.signature().value());
    }

    private static String rowsInEnglish(Receipt receipt) {
        return row("Receipt number", receipt.receiptNumber())
                + row("Programme", receipt.programmeName())
                + row("Applicant", receipt.applicantName())
                + row("Household members", Integer.toString(receipt.householdSize()))
                + row("Received (Shanghai)", time(receipt))
                + code("Digest", receipt.contentSha256())
                + code(
                        "Signature",
                        receipt.signature().keyId() + "." + receipt.signature().value());
    }

    private static String time(Receipt receipt) {
        return TIME.format(receipt.receivedAt().atZone(Shanghai.ZONE));
    }

    private static String row(String name, String value) {
        return "<dt>" + name + "</dt><dd>" + escape(value) + "</dd>\n";
    }

    private static String code(String name, String value) {
        return "<dt>" + name + "</dt><dd class=\"code\">" + escape(value) + "</dd>\n";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** One path of unit squares; scales to any printer. */
    static String qrCode(String text) {
        var modules = encode(text);
        var path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            for (int x = 0; x < modules.getWidth(); x++) {
                if (modules.get(x, y)) {
                    path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
                }
            }
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"" + escape(text)
                + "\" viewBox=\"0 0 " + modules.getWidth() + " " + modules.getHeight()
                + "\" shape-rendering=\"crispEdges\"><path d=\"" + path + "\"/></svg>";
    }

    private static BitMatrix encode(String text) {
        try {
            return new QRCodeWriter()
                    .encode(
                            text,
                            BarcodeFormat.QR_CODE,
                            0,
                            0,
                            Map.of(
                                    EncodeHintType.MARGIN,
                                    QUIET_ZONE_MODULES,
                                    EncodeHintType.ERROR_CORRECTION,
                                    ErrorCorrectionLevel.M));
        } catch (WriterException e) {
            throw new IllegalStateException(e);
        }
    }
}
