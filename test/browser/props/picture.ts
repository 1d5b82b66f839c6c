/** A picture of 40 × 20 points, the left half red, the right half green. */
export const PNG_BASE64 =
  "iVBORw0KGgoAAAANSUhEUgAAACgAAAAUCAYAAAD/Rn+7AAAAOklEQVR4Ac3BMQEAMAyAMIryOe9M9CCZheXQPE5JnMRJnMRJnMRJnMRJnMRJnMRJnMRJnMRJnMRJ3AdBJAKn+ioK7AAAAABJRU5ErkJggg==";

export function decodeBytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20" fill="#0000ff"/></svg>';
