package dev.inkan.e2e;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * A picture of a screen in its most frequent colours: a screen has few, and the edges of its
 * letters are shades between them. A third of the octets of what the browser makes.
 */
final class PalettePicture {

  private static final int BITS = 4;
  private static final int COLOURS = 1 << BITS;

  /** Paper, card, text and what else covers areas: near one another, and yet not the same. */
  private static final int GROUNDS = 5;

  private static final int CANDIDATES = 400;

  private final BufferedImage image;

  private PalettePicture(BufferedImage image) {
    this.image = image;
  }

  /** The same picture with {@value #COLOURS} colours. */
  static PalettePicture of(BufferedImage source) {
    int[] pixels =
        source.getRGB(0, 0, source.getWidth(), source.getHeight(), null, 0, source.getWidth());
    int[] palette = palette(pixels);
    BufferedImage image =
        new BufferedImage(
            source.getWidth(),
            source.getHeight(),
            BufferedImage.TYPE_BYTE_BINARY,
            new IndexColorModel(BITS, palette.length, palette, 0, false, -1, 0));
    Map<Integer, Integer> nearest = new HashMap<>();
    int[] indices =
        Arrays.stream(pixels)
            .map(it -> nearest.computeIfAbsent(it, colour -> nearest(colour, palette)))
            .toArray();
    image.getRaster().setPixels(0, 0, source.getWidth(), source.getHeight(), indices);
    return new PalettePicture(image);
  }

  /** The most frequent colours, and of the rest those that differ most from them. */
  private static int[] palette(int[] pixels) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int pixel : pixels) {
      counts.merge(pixel, 1, Integer::sum);
    }
    List<Integer> byCount =
        counts.entrySet().stream()
            .sorted(
                Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    int[] chosen = new int[COLOURS];
    int size = 0;
    for (int colour : byCount.subList(0, Math.min(GROUNDS, byCount.size()))) {
      chosen[size++] = colour;
    }
    for (int apart = 1_600; size < COLOURS && apart > 0; apart /= 2) {
      for (int colour : byCount.subList(0, Math.min(CANDIDATES, byCount.size()))) {
        if (size < COLOURS && distance(colour, chosen, size) > apart) {
          chosen[size++] = colour;
        }
      }
    }
    return Arrays.copyOf(chosen, size);
  }

  private static int distance(int colour, int[] palette, int size) {
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < size; i++) {
      least = Math.min(least, distance(colour, palette[i]));
    }
    return least;
  }

  private static int nearest(int colour, int[] palette) {
    int best = 0;
    for (int i = 1; i < palette.length; i++) {
      if (distance(colour, palette[i]) < distance(colour, palette[best])) {
        best = i;
      }
    }
    return best;
  }

  private static int distance(int one, int other) {
    int red = (one >> 16 & 0xff) - (other >> 16 & 0xff);
    int green = (one >> 8 & 0xff) - (other >> 8 & 0xff);
    int blue = (one & 0xff) - (other & 0xff);
    return red * red + green * green + blue * blue;
  }

  /** Writes a PNG as small as the JDK makes it. */
  void write(Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
    ImageWriteParam how = writer.getDefaultWriteParam();
    how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    how.setCompressionQuality(0);
    Files.deleteIfExists(file);
    try (ImageOutputStream out =
        Optional.ofNullable(ImageIO.createImageOutputStream(file.toFile())).orElseThrow()) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
  }
}
