package io.anju.complaint;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small pictures that a phone might send. */
final class Pictures {
    private Pictures() {}

    static byte[] png() {
        return of("png");
    }

    /** Of so many points in each direction, none of them foreseeable, so that no two sizes are alike. */
    static byte[] png(int side) {
        var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        var random = new Random(side);
        for (int x = 0; x < side; x++) {
            for (int y = 0; y < side; y++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        return of(image, "png");
    }

    static byte[] jpeg() {
        return of("jpeg");
    }

    private static byte[] of(String format) {
        var image = new BufferedImage(16, 12, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < image.getWidth(); x++) {
            image.setRGB(x, x % image.getHeight(), 0x3366FF);
        }
        return of(image, format);
    }

    private static byte[] of(BufferedImage image, String format) {
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
