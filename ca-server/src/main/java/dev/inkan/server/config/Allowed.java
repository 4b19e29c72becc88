package dev.inkan.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a key's value may be beside its type. */
final class Allowed {

  private Allowed() {}

  /** A whole number from {@code min} to {@code max}, both included. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface Between {
    int min();

    int max();
  }

  /** A duration from {@code min} to {@code max}, both included, as ISO 8601 writes them. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface Lasting {
    String min();

    String max();
  }

  /** A text that matches {@code pattern} in full; {@code says} is the pattern in words. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface Form {
    String pattern();

    String says();
  }

  /** A file that must be there and be readable. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface ExistingFile {
    /** Whether nobody but the owner may read it. */
    boolean ownerOnly() default false;

    /** Whether the first start makes it, so that it may be missing before. */
    boolean madeByInit() default false;

    /** Whether a server that tells status and does nothing else needs it as well. */
    boolean forStatusAlone() default false;

    /** Whether it may be a program rather than a text. */
    boolean ofAnySize() default false;

    /** The key whose value it opens, if it is not needed where that lives in a token. */
    String opens() default "";
  }
}
