// Edits of a text, and where what was known of the old text stands in the new one. Positions count UTF-16 units.

// The stretch that differs between two texts: old[start, oldEnd) became new[start, newEnd).
export const difference = (old, next) => {
  const most = Math.min(old.length, next.length);
  let start = 0;
  while (start < most && old.charCodeAt(start) === next.charCodeAt(start)) start += 1;
  let same = 0;
  while (same < most - start && old.charCodeAt(old.length - 1 - same) === next.charCodeAt(next.length - 1 - same)) same += 1;
  return { start, oldEnd: old.length - same, newEnd: next.length - same };
};

// A stretch of the old text in the new one; null if nothing of it is left. What is written within it belongs to it.
export const moved = ({ start, end }, edit) => {
  const by = edit.newEnd - edit.oldEnd;
  if (end <= edit.start) return { start, end };
  if (start >= edit.oldEnd) return { start: start + by, end: end + by };
  const newStart = start < edit.start ? start : edit.newEnd;
  const newEnd = end > edit.oldEnd ? end + by : edit.start;
  return newStart < newEnd ? { start: newStart, end: newEnd } : null;
};

const movedIn = (stretch, edit) => {
  const place = moved(stretch, edit);
  return place && { ...stretch, ...place };
};

// A view of the old text as one of the new: marks, items and fixes at their new places, without those that are gone.
export const movedView = (view, edit) => ({
  ...view,
  marks: view.marks.map((mark) => movedIn(mark, edit)).filter(Boolean),
  entries: view.entries.map((entry) => {
    if (entry.start === null) return entry;
    const place = moved(entry, edit) || { start: edit.start, end: edit.start };
    const fixes = entry.fixes
      .map((fix) => ({ ...fix, edits: fix.edits.map((one) => movedIn(one, edit)) }))
      .filter((fix) => fix.edits.every(Boolean));
    return { ...entry, ...place, fixes };
  }),
});
