// The two lists have lengths without a common factor, so that counting through both at once gives
// every pair before any comes back.
const FIRST = `polished amber brisk calm dapper eager fabled gentle hidden ivory jolly keen lunar
  mellow noble opal placid quiet rustic silver tidy upland vivid woven yonder zesty airy bold cobalt
  dusky earnest frosty golden hushed inland jaunty kindred lively mossy nimble oaken patient quaint
  ruddy sunlit tranquil umber velvet wistful alpine breezy crimson deep emerald fleet graceful hearty
  idle jade level misty northern olive proud rapid serene steady tawny unhurried verdant warm azure
  bright coastal distant early fluent glad humble inner last`.split(/\s+/);
const SECOND = `headland acorn beacon canyon delta ember fjord glacier harbor island juniper kestrel
  lagoon meadow nectar orchard pebble quarry river summit thicket uplift valley willow aspen boulder
  cedar dune estuary falcon grove heron inlet jetty knoll lantern mesa narrows oasis prairie quartz
  ridge spruce tundra upstream vista wharf alder basin cove driftwood eddy fern garnet hollow ibis
  jasmine kelp larch marsh nook otter pine quill reef sparrow tide umbra violet wren anchor birch
  cliff dawn elm forest gale hazel ivy lichen`.split(/\s+/);

/** Counts through ids that look like Fivetran's: `polished_headland`, `amber_acorn`, … */
export function idSequence(): () => string {
  let count = 0;
  return () => {
    const round = Math.floor(count / (FIRST.length * SECOND.length));
    const id = `${FIRST[count % FIRST.length]}_${SECOND[count % SECOND.length]}`;
    count += 1;
    return round === 0 ? id : `${id}_${round + 1}`;
  };
}
