// Questions about how a page looks as it stands in the browser. Each returns findings as plain
// sentences, and [] where all is well.
({
  ...(() => {
    const name = (element) => {
      const words = (element.innerText || element.value || "").trim().replace(/\s+/g, " ").slice(0, 24);
      return `<${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""}${element.className ? `.${element.className}` : ""}> “${words}”`;
    };
    const everything = () => [...document.body.querySelectorAll("*")];
    const shown = (element) => {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && box.right + scrollX > 0;
    };
    const ownText = (element) =>
      [...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent.trim())
        .join("");
    // What a screen reader alone is told stands in a clipped point, which cuts nothing off.
    const forEars = (element) => element.closest(".hidden") !== null;
    const transparent = (colour) => /^rgba\(.*, 0\)$/.test(colour);
    const ground = (element) => {
      for (let outer = element; outer; outer = outer.parentElement) {
        const colour = getComputedStyle(outer).backgroundColor;
        if (!transparent(colour)) return colour;
      }
      return "rgb(255, 255, 255)";
    };

    // Nothing moves by itself, and nothing lies over the page while it scrolls.
    const moving = () => [
      ...document.getAnimations().map((one) => `${name(one.effect.target)} moves.`),
      ...everything()
        .filter((element) => ["fixed", "sticky"].includes(getComputedStyle(element).position))
        .map((element) => `${name(element)} stays while the page scrolls.`),
      ...[...document.querySelectorAll("marquee, blink, video[autoplay], audio[autoplay], meta[http-equiv=refresh]")].map(
        (element) => `${name(element)} moves or plays by itself.`,
      ),
    ];

    // Text is 18 px at least; what runs over several lines has room between them, is no wider than
    // forty characters, and begins at the same edge.
    const reading = () => {
      const found = [];
      for (const element of everything()) {
        const text = ownText(element);
        if (!text || !shown(element) || forEars(element)) continue;
        const style = getComputedStyle(element);
        const size = parseFloat(style.fontSize);
        if (size < 17.9) found.push(`${name(element)} is set in ${size} px.`);
        const runs = text.length > 40 && element.matches("p, li, dd, blockquote, div");
        if (!runs) continue;
        if (parseFloat(style.lineHeight) < 1.6 * size - 0.1) found.push(`The lines of ${name(element)} are ${parseFloat(style.lineHeight) / size} apart.`);
        const inside = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        if (inside > 40 * size + 1) found.push(`${name(element)} runs to ${Math.round(inside / size)} characters a line.`);
        if (!["start", "left"].includes(style.textAlign)) found.push(`${name(element)} is set ${style.textAlign}.`);
      }
      return found;
    };

    // No text is cut off by the box that it stands in.
    const clipped = () =>
      everything()
        // The browser itself draws the name of a chosen file, and shortens it.
        .filter((element) => !forEars(element) && shown(element) && !element.matches("input"))
        .filter((element) => {
          const style = getComputedStyle(element);
          const cuts = (overflow) => ["hidden", "clip"].includes(overflow);
          const wide = cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
          const high = cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
          return wide || high || style.textOverflow === "ellipsis";
        })
        .map((element) => `${name(element)} is cut off.`);

    const sideways = () => {
      const wide = document.scrollingElement.scrollWidth;
      return wide > innerWidth ? [`The page is ${wide} px wide in a window of ${innerWidth} px.`] : [];
    };

    const reachable = () =>
      [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")].filter(
        (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled,
      );
    // Whatever the keyboard reaches shows that it has the focus, with nothing lying over it.
    const focus = () => {
      const found = [];
      if (document.querySelector("[tabindex]:not([tabindex='0'], [tabindex='-1'])")) found.push("A tabindex changes the order.");
      for (const element of reachable()) {
        element.focus();
        const style = getComputedStyle(element);
        if (!element.matches(":focus-visible")) found.push(`${name(element)} doesn't take the focus.`);
        else if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) found.push(`${name(element)} doesn't show the focus.`);
        const first = element.getClientRects()[0];
        if (!first) continue;
        if (first.bottom < 0 || first.top > innerHeight) found.push(`${name(element)} has the focus out of sight.`);
        const top = document.elementFromPoint(first.left + Math.min(first.width / 2, 20), first.top + Math.min(first.height / 2, 20));
        if (!top || !(element.contains(top) || top.contains(element))) found.push(`${name(element)} has the focus behind ${top ? name(top) : "the edge of the window"}.`);
      }
      return found;
    };

    // Where a person's own few colours replace ours, things are still told apart by lines and words.
    const forced = () => {
      const found = [];
      const bordered = (element, style = getComputedStyle(element)) =>
        ["Top", "Right", "Bottom", "Left"].some(
          (side) => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none" && style[`border${side}Color`] !== ground(element.parentElement),
        );
      for (const element of document.querySelectorAll(".tag, .chip, .button, .act, .sheet, .summary, .notice, .flash, .words, input:not([type=hidden]), select, textarea")) {
        if (!shown(element)) continue;
        const drawnBefore = element.matches("[type=radio], [type=checkbox]");
        if (!bordered(element, getComputedStyle(element, drawnBefore ? "::before" : null)) && element.type !== "file") found.push(`${name(element)} has no line around it.`);
      }
      for (const element of document.querySelectorAll(".tag, .chip, .button, .act, a[href], button")) {
        if (shown(element) && !element.textContent.trim() && !element.getAttribute("aria-label") && !element.querySelector("img[alt]:not([alt=''])")) found.push(`${name(element)} has no words.`);
      }
      for (const element of everything()) {
        if (ownText(element) && shown(element) && getComputedStyle(element).color === ground(element)) found.push(`${name(element)} can't be told from its ground.`);
      }
      return found;
    };

    return { moving, reading, clipped, sideways, focus, forced };
  })(),
})
