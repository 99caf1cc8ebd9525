/** The element that the page scrolls to when something leads to its instances. */
export const instancesId = 'instances';
