package dev.inkan.server.http.web.view;

/**
 * A state as word, shape and colour, so that none of them is needed to tell it.
 *
 * @param word such as 利用中
 * @param detail until when, or what it takes; may be empty
 */
public record StateWord(Mark mark, String word, String detail) {

  /** Shape and colour. */
  public enum Mark {
    GOOD("●", "state-good"),
    WAITING("◇", "state-waiting"),
    LOCKED("▲", "state-locked"),
    STOPPED("■", "state-stopped"),
    NONE("－", "state-none");

    private final String shape;
    private final String style;

    Mark(String shape, String style) {
      this.shape = shape;
      this.style = style;
    }

    public String shape() {
      return shape;
    }

    /** The class in the style sheet. */
    public String style() {
      return style;
    }
  }
}
