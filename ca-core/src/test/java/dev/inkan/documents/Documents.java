package dev.inkan.documents;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where the project's documents and sources are. */
public final class Documents {

  private static final Set<String> OTHERS = Set.of("target", "node_modules", ".git", "demo-data");

  private Documents() {}

  /** The project's folder, whichever module's tests run. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("config/inkan.yaml"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("not inside the project");
      }
      folder = parent;
    }
    return folder;
  }

  /** A file of the project, by its path from the root. */
  public static String read(String path) throws IOException {
    return Files.readString(root().resolve(path));
  }

  /**
   * The project's own files with this ending, without what builds and tools put among them.
   *
   * @return paths from the root, sorted
   */
  public static List<String> ending(String ending) throws IOException {
    Path root = root();
    List<String> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped = OTHERS.contains(folder.getFileName().toString());
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(ending)) {
              found.add(root.relativize(file).toString());
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found.stream().sorted().toList();
  }
}
