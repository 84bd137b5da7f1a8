// Measures a page as it stands in the browser and returns findings as plain sentences.
(limits) => {
  const name = (element) => {
    const words = (element.innerText || element.getAttribute("aria-label") || element.name || "")
      .trim()
      .replace(/\s+/g, " ")
      .slice(0, 30);
    const id = element.id ? `#${element.id}` : "";
    return `<${element.tagName.toLowerCase()}${id}> “${words}”`;
  };
  const width = window.innerWidth;

  const sideways = () => {
    const scroller = document.scrollingElement;
    if (scroller.scrollWidth <= width) return [];
    // What scrolls inside its own named region doesn't widen the page.
    const contained = (element) => {
      for (let outer = element.parentElement; outer; outer = outer.parentElement) {
        if (getComputedStyle(outer).overflowX !== "visible" && outer !== scroller && outer !== document.body) return true;
      }
      return false;
    };
    const widest = [...document.body.querySelectorAll("*")].find(
      (element) => element.getBoundingClientRect().right > width + 0.5 && !contained(element),
    );
    const culprit = widest ? `, because of ${name(widest)}` : "";
    return [`At ${width} px the page scrolls sideways to ${scroller.scrollWidth} px${culprit}.`];
  };

  const unnamedRegions = () =>
    [...document.body.querySelectorAll("*")]
      .filter((element) => {
        const scrolls = ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
        if (!scrolls || element.scrollWidth <= element.clientWidth || element.matches("textarea, input, select")) return false;
        const named = element.hasAttribute("aria-label") || element.hasAttribute("aria-labelledby");
        const region = element.getAttribute("role") === "region" || (element.tagName === "SECTION" && named);
        return !(region && named && element.tabIndex === 0);
      })
      .map((element) => `At ${width} px ${name(element)} scrolls sideways but is no named region that the keyboard reaches.`);

  // A link in running text is excepted, and so is one whose own line of text holds more than itself.
  const inText = (element) => {
    if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
    let block = element.parentElement;
    while (block && getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    if (!block) return false;
    const rest = block.cloneNode(true);
    for (const link of rest.querySelectorAll("a, button, input, select, textarea")) link.remove();
    return rest.textContent.replace(/[\s·|/,，、]+/g, "") !== "";
  };
  const seen = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    // A skip link waits outside the page, or clipped to a point, until it has the focus.
    return box.width > 1 && box.height > 1 && box.bottom + scrollY > 0 && box.right + scrollX > 0;
  };
  const reach = (element) => {
    const boxes = [element, ...(["radio", "checkbox", "file"].includes(element.type) ? element.labels : [])]
      .map((one) => one.getBoundingClientRect())
      .filter((box) => box.width > 0);
    return {
      width: Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left)),
      height: Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top)),
    };
  };
  const small = () =>
    [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
      .filter((element) => (seen(element) || [...(element.labels || [])].some(seen)) && !inText(element))
      .map((element) => [element, reach(element)])
      .filter(([, box]) => box.width < limits.target - 0.5 || box.height < limits.target - 0.5)
      .map(
        ([element, box]) =>
          `At ${width} px the target ${name(element)} is ${Math.round(box.width)}×${Math.round(box.height)} px, less than ${limits.target}×${limits.target}.`,
      );

  const loaded = () => {
    const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    const weight = entries.reduce((sum, entry) => sum + entry.encodedBodySize, 0);
    const outside = entries.filter((entry) => new URL(entry.name).origin !== location.origin);
    return [
      ...(weight > limits.weight ? [`The page weighs ${weight} bytes with what it loads, more than ${limits.weight}.`] : []),
      ...outside.map((entry) => `The page loads ${entry.name} from outside.`),
    ];
  };

  const dialogs = () =>
    [...document.querySelectorAll("dialog, [role=dialog], [role=alertdialog], [aria-modal=true]")].map(
      (element) => `The page opens a dialog: ${name(element)}.`,
    );

  return [...sideways(), ...unnamedRegions(), ...small(), ...(limits.once ? [...loaded(), ...dialogs()] : [])];
};
